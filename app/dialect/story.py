"""A dilemma seen as a whole: its scenes, where each choice leads, what cannot be reached or left.

It is made of a text whatever its mistakes, or of a compiled dilemma.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec

from app.dialect.compiled_items import Dilemma, Frozen, Scene
from app.dialect.draft import ItemDraft, Outline, SceneDraft
from app.dialect.items.graph import find_leaving, reach
from app.dialect.rendering.typography import space
from app.dialect.source import Passage, join

MOST_STORIES = 40
MOST_SCENES = 80
MOST_CHOICES = 12
"""How many are kept of each: more is no dilemma that anyone follows."""
MOST_IN_ALL = 400
"""Scenes of all the dilemmas of a module: the page that draws them stays light."""
LONGEST = 160
"""Characters kept of a text."""
READ = 1_000
"""Characters of a text that are looked at to keep its beginning."""
TARGET = re.compile(r"\]\([^)\n]*\)")
MARKS = re.compile(r"[*_`~\[\]\\|]|^[ \t]*(?:[>#]+|[-+])[ \t]+", re.MULTILINE)
TAG = re.compile(r"<[^>]*>")


class StoryChoice(Frozen, frozen=True, kw_only=True):
    """A choice, and the scene that it leads to, which may not exist."""

    text: str
    to: str
    opinion: str | None = None


class StoryScene(Frozen, frozen=True, kw_only=True):
    """A scene; the opening has the empty id."""

    id: str
    text: str = ""
    choices: tuple[StoryChoice, ...] = ()
    has_debrief: bool = False
    is_reached: bool = True
    """Whether some choices lead here from the opening."""
    is_left: bool = True
    """Whether an ending can be reached from here."""

    @property
    def is_ending(self) -> bool:
        """Tell whether the story stops here."""
        return not self.choices

    @property
    def is_endless(self) -> bool:
        """Tell whether who comes here goes round for ever."""
        return self.is_reached and not self.is_left


class Story(Frozen, frozen=True, kw_only=True):
    """A dilemma; its first scene is the opening."""

    id: str
    title: str
    line: int = 0
    """Of its heading; 0 where it was not made of a text."""
    scenes: tuple[StoryScene, ...] = ()
    is_cut: bool = False
    """Whether it has more scenes or choices than are kept."""

    def ways(self) -> dict[str, list[str]]:
        """Give for each scene those that its choices lead to, the missing ones included."""
        return {scene.id: [choice.to for choice in scene.choices] for scene in self.scenes}


def stories_of(outlines: Iterable[Outline], language: str) -> tuple[Story, ...]:
    """Tell the dilemmas of some texts, the first ones."""
    drafts = (item for outline in outlines for item in outline.items() if item.scenes)
    told, room = [], MOST_IN_ALL
    for draft in islice(drafts, MOST_STORIES):
        story = story_of_draft(draft, language)
        room -= len(story.scenes)
        if room < 0:
            break
        told.append(story)
    return tuple(told)


def story_of_draft(draft: ItemDraft, language: str) -> Story:
    """Tell a dilemma as it is written."""

    def words(passage: Passage) -> str:
        return begin(plain(join(passage)[:READ]), language)

    def scene_of(scene: SceneDraft) -> StoryScene:
        choices = (
            StoryChoice(text=words(link.text), to=link.to, opinion=link.opinion)
            for link in scene.links
        )
        return StoryScene(
            id=scene.id,
            text=words(tuple(scene.text)),
            choices=tuple(choices),
            has_debrief=bool(scene.debrief),
        )

    scenes = {scene.id: scene for scene in draft.scenes}  # Of two with one id, as for the checks.
    title, line = words((draft.title,)), draft.heading.number
    return complete(draft.id, title, line, [scene_of(scene) for scene in scenes.values()])


def story_of_item(item: Dilemma, language: str) -> Story:
    """Tell a compiled dilemma."""

    def words(html: str) -> str:
        return begin(entities.unescape(TAG.sub(" ", html[: 4 * READ])), language)

    def scene_of(scene: Scene) -> StoryScene:
        choices = (
            StoryChoice(text=words(choice.html), to=choice.to, opinion=choice.opinion)
            for choice in scene.choices
        )
        return StoryScene(
            id=scene.id,
            text=words(scene.html or item.stem),
            choices=tuple(choices),
            has_debrief=bool(scene.debrief),
        )

    scenes = [scene_of(scene) for scene in (item.opening, *item.scenes)]
    return complete(item.id, item.title, item.line, scenes)


def complete(story_id: str, title: str, line: int, scenes: Sequence[StoryScene]) -> Story:
    """Say of each scene whether it is reached and left, and keep the first ones."""
    ways = {scene.id: [choice.to for choice in scene.choices] for scene in scenes}
    reached, left = reach(ways) | {""}, find_leaving(ways)
    kept = tuple(
        msgspec.structs.replace(
            scene,
            choices=scene.choices[:MOST_CHOICES],
            is_reached=scene.id in reached,
            is_left=scene.id in left,
        )
        for scene in scenes[:MOST_SCENES]
    )
    is_cut = len(scenes) > MOST_SCENES or any(len(one.choices) > MOST_CHOICES for one in scenes)
    return Story(id=story_id, title=title, line=line, scenes=kept, is_cut=is_cut)


def plain(text: str) -> str:
    """Take the marks out of a text that is only shown as a reminder."""
    return MARKS.sub("", TARGET.sub("", text))


def begin(text: str, language: str) -> str:
    """Keep the beginning of a text, on one line."""
    flat = " ".join(text.split())
    spaced = space(flat) if language == "fr" else flat
    return spaced if len(spaced) <= LONGEST else f"{spaced[:LONGEST].rstrip()}…"
