"""The questions of a version as their trainers see them: figures, small counts hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.catalogue.folding import text_of
from app.dialect.compiled import (
    AnyItem,
    CompiledModule,
    Dilemma,
    MultipleChoice,
    Scene,
    SingleChoice,
    TrueFalse,
)
from app.learning.item_figures import LEAST_ATTEMPTS, ItemFigures
from app.learning.masking import hide_scenes, mask
from app.learning.weaknesses import Finding, find_weaknesses

NOTHING = ""
"""Stands among the letters for no answer."""


@dataclass(frozen=True, slots=True)
class AnalysedChoice:
    """A choice, and how many ticked it."""

    name: str
    text: str
    is_right: bool
    count: int | None
    """None where it is hidden."""


@dataclass(frozen=True, slots=True)
class AnalysedItem:
    """A question of the quiz."""

    id: str
    title: str
    n: int
    facility: float | None
    """None where it would tell a count that is hidden."""
    discrimination: float | None
    unanswered: int | None
    """None where it is hidden."""
    choices: tuple[AnalysedChoice, ...]
    findings: tuple[Finding, ...]

    def choice(self, letter: str) -> AnalysedChoice:
        """Give a choice by its letter."""
        return next(one for one in self.choices if one.name == letter)


@dataclass(frozen=True, slots=True)
class AnalysedScene:
    """A moment of a dilemma with the agents who made each choice; none shown where all hide."""

    id: str
    text: str
    choices: tuple[AnalysedChoice, ...]


@dataclass(frozen=True, slots=True)
class AnalysedStory:
    """A dilemma."""

    id: str
    title: str
    n: int
    scenes: tuple[AnalysedScene, ...]


def analyse_items(
    module: CompiledModule, figures: list[ItemFigures], *, least: int
) -> list[AnalysedItem]:
    """Show the questions that enough were asked, in the order of the module, the weakest first."""
    by_id = {one.item_id: one for one in figures if one.n >= LEAST_ATTEMPTS}
    found = [
        analyse_item(item, by_id[item.id], least)
        for item in module.every_item()
        if item.id in by_id
    ]
    return sorted(found, key=lambda one: -len(one.findings))  # A stable sort.


def analyse_item(item: AnyItem, figures: ItemFigures, least: int) -> AnalysedItem:
    """Show one question."""
    choices = getattr(item, "choices", ()) if figures.letters else ()
    credits = {choice.letter: choice.credit for choice in choices}
    if isinstance(item, SingleChoice | TrueFalse):
        parted = {letter: figures.letters.get(letter, 0) for letter in credits}
        hidden = mask(parted | {NOTHING: figures.unanswered}, least)
        tells_right = not any(credits[letter] for letter in hidden if letter)
        is_left_hidden = NOTHING in hidden
    else:
        outcomes = mask(figures.outcomes, least)
        hidden = frozenset(
            letter
            for letter in credits
            if is_small(figures.letters.get(letter, 0), figures.n, least)
        )
        tells_right, is_left_hidden = "right" not in outcomes, "unanswered" in outcomes
    return AnalysedItem(
        id=item.id,
        title=item.title,
        n=figures.n,
        facility=figures.facility if tells_right else None,
        discrimination=figures.discrimination,
        unanswered=None if is_left_hidden else figures.unanswered,
        choices=tuple(
            AnalysedChoice(
                choice.letter, text_of(choice.html), choice.credit == 100,
                None if choice.letter in hidden else figures.letters.get(choice.letter, 0),
            )
            for choice in choices
        ),
        findings=tuple(find_weaknesses(figures, told_credits(item, credits), least=least)),
    )  # fmt: skip


def told_credits(item: AnyItem, credits: Mapping[str, int]) -> Mapping[str, int]:
    """Map the choices that a finding may be about: several ticked at once are not rivals."""
    return {} if isinstance(item, MultipleChoice) else credits


def is_small(count: int, n: int, least: int) -> bool:
    """Tell whether a count, or what is left of the total, is of a few agents."""
    return 0 < count < least or 0 < n - count < least


def analyse_stories(
    module: CompiledModule, stories: list[dict[str, Any]], *, least: int
) -> Iterator[AnalysedStory]:
    """Show the dilemmas that enough have walked, in the order of the module."""
    kept = {story["item_id"]: story for story in stories if story["n"] >= LEAST_ATTEMPTS}
    for item in module.every_item():
        if isinstance(item, Dilemma) and item.id in kept:
            yield analyse_story(item, kept[item.id], least)


def analyse_story(item: Dilemma, story: Mapping[str, Any], least: int) -> AnalysedStory:
    """Show the choices made in a dilemma, scene by scene."""
    scenes = [scene for scene in (item.opening, *item.scenes) if scene.choices]
    ways = {
        scene.id: {number: choice.to for number, choice in enumerate(scene.choices, start=1)}
        for scene in scenes
    }
    counts = {
        scene.id: {number: count_of(story, scene.id, number) for number in ways[scene.id]}
        for scene in scenes
    }
    hidden = hide_scenes(ways, counts, least)
    return AnalysedStory(
        item.id, item.title, story["n"],
        tuple(analyse_scene(item, scene, counts[scene.id], hidden[scene.id]) for scene in scenes),
    )  # fmt: skip


def count_of(story: Mapping[str, Any], scene_id: str, number: int) -> int:
    """Give how many agents made a choice."""
    return int(story["scenes"].get(scene_id, {}).get(str(number), 0))


def analyse_scene(
    item: Dilemma, scene: Scene, counts: Mapping[int, int], hidden: frozenset[int]
) -> AnalysedScene:
    """Show the choices of a scene."""
    return AnalysedScene(
        scene.id,
        text_of(scene.html or item.stem),
        tuple(
            AnalysedChoice(
                str(number), text_of(choice.html), choice.opinion == "exemplaire",
                None if number in hidden else counts[number],
            )
            for number, choice in enumerate(scene.choices, start=1)
        ),
    )  # fmt: skip
