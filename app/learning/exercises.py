"""What a page shows of items: never the key before the answer, and HTML marked as safe."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from markupsafe import Markup

from app.dialect import items
from app.dialect.compiled import AnyItem, Block, Dilemma, Reflection
from app.dialect.compiled import Prose as CompiledProse
from app.dialect.public import ChoiceFeedback, DilemmaDebrief, Feedback, PublicItem, PublicScene
from app.learning.walking import Walk, list_walks
from app.markup import prose


class Tried(Protocol):
    """Something that the agent tried on an item."""

    @property
    def walk(self) -> int:
        """Which walk through a dilemma it belongs to."""

    @property
    def value(self) -> Any:
        """The answer."""

    @property
    def received_at(self) -> datetime:
        """When it was kept."""


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice on a page."""

    letter: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item on a page before it is answered."""

    id: str
    type: str
    title: str
    stem: Markup
    points: int
    multiple: bool
    hints: tuple[Markup, ...]
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says after an answer."""

    outcome: str
    """``right``, ``partly``, ``other`` or ``noted``."""
    why: dict[str, Markup]
    """Feedback by letter: on what was chosen and on what was expected."""
    expected: tuple[str, ...]
    explanation: Markup
    references: Markup


@dataclass(frozen=True, slots=True)
class Text:
    """A run of prose."""

    html: Markup
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question in the flow, with what was last answered."""

    item: ShownItem
    chosen: tuple[str, ...] = ()
    told: Told | None = None
    kept: int = 0
    """How many answers are kept."""
    kind: str = "choice"


@dataclass(frozen=True, slots=True)
class Thought:
    """A reflection, with the agent's own text."""

    item: ShownItem
    text: str = ""
    saved_at: datetime | None = None
    kind: str = "reflection"


@dataclass(frozen=True, slots=True)
class ShownScene:
    """A scene of a dilemma."""

    id: str
    html: Markup
    choices: tuple[tuple[int, Markup], ...]
    """(position, text) of each way on."""
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class ShownDebrief:
    """What is said at the end of a walk."""

    opinions: tuple[str, ...]
    """What each choice of the walk is worth; empty where the author does not say."""
    texts: tuple[Markup, ...]
    references: Markup


@dataclass(frozen=True, slots=True)
class Story:
    """A dilemma: the scenes walked, the one where it stands, the debrief at the end."""

    item: ShownItem
    scenes: tuple[ShownScene, ...]
    """From the opening to where the walk stands; the last one is open, or an ending."""
    walks: int = 0
    """How many walks were begun."""
    has_ended: bool = False
    """Whether some walk reached an ending."""
    debrief: ShownDebrief | None = None
    kind: str = "dilemma"


Shown = Text | Exercise | Thought | Story


def show_blocks(
    blocks: Sequence[Block],
    tried: Mapping[str, Sequence[Tried]],
    *,
    seed: object,
    again: str = "",
) -> list[Shown]:
    """Show the blocks of a step with what was tried; ``again`` names an item to begin afresh.

    The same ``seed`` always gives the same order of choices.
    """
    return [
        Text(prose(block.html))
        if isinstance(block, CompiledProse)
        else show_exercise(
            block.item, tried.get(block.item.id, ()), seed=seed, afresh=block.item.id == again
        )
        for block in blocks
    ]


def show_exercise(
    item: AnyItem, tried: Sequence[Tried], *, seed: object, afresh: bool = False
) -> Exercise | Thought | Story:
    """Show an item in the flow."""
    if isinstance(item, Dilemma):
        return show_dilemma(item, tried, afresh=afresh)
    last = tried[-1] if tried else None
    if isinstance(item, Reflection):
        shown = show_item(items.public(item))
        return Thought(shown, str(last.value), last.received_at) if last else Thought(shown)
    rng = random.Random(f"{seed}:{item.id}")  # noqa: S311 - an order on a page, no secret
    shown = show_item(items.public(item, items.default_order(item, rng)))
    if last is None or afresh:
        return Exercise(shown, kept=len(tried))
    told = tell(items.feedback(item, last.value))
    return Exercise(shown, chosen_letters(last.value), told, kept=len(tried))


def show_item(item: PublicItem) -> ShownItem:
    """Mark the HTML of a public item as safe."""
    return ShownItem(
        id=item.id,
        type=item.type,
        title=item.title,
        stem=prose(item.stem),
        points=item.points,
        multiple=item.multiple,
        hints=tuple(prose(hint) for hint in item.hints),
        choices=tuple(ShownChoice(choice.letter, prose(choice.html)) for choice in item.choices),
    )


def chosen_letters(value: object) -> tuple[str, ...]:
    """List the letters of an answer."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def tell(feedback: Feedback) -> Told:
    """Say what an answer calls for: reasons for what was chosen and for what was expected."""
    outcome = "right" if feedback.right else "partly" if feedback.numerator else "other"
    return Told(
        outcome=outcome if feedback.scored else "noted",
        why={c.letter: prose(c.feedback) for c in feedback.choices if is_worth_telling(c)},
        expected=tuple(choice.letter for choice in feedback.choices if choice.is_right),
        explanation=prose(feedback.explanation),
        references=prose(feedback.references),
    )


def is_worth_telling(choice: ChoiceFeedback) -> bool:
    """Tell whether a choice's feedback concerns this answer."""
    return bool(choice.feedback) and (choice.chosen or choice.is_right)


def show_dilemma(item: Dilemma, tried: Sequence[Tried], *, afresh: bool = False) -> Story:
    """Show a dilemma where its last walk stands, or its opening when begun afresh."""
    walks = list_walks(item, tried)
    ended = any(walk.ended for walk in walks)
    shown = show_item(items.public(item))
    if not walks or afresh:
        opening = show_scene(items.public_scene(item, ""))
        return Story(shown, (opening,), walks=len(walks), has_ended=ended)
    walk = walks[-1]
    return Story(
        shown,
        scenes_of(item, walk),
        walks=len(walks),
        has_ended=ended,
        debrief=show_debrief(items.debrief(item, walk.path)) if walk.ended else None,
    )


def scenes_of(item: Dilemma, walk: Walk) -> tuple[ShownScene, ...]:
    """Show the scenes of a walk, each with the choice made, then the one where it stands."""
    made = [
        show_scene(items.public_scene(item, scene_id), chosen) for scene_id, chosen in walk.path
    ]
    return (*made, show_scene(walk.scene))


def show_scene(scene: PublicScene, chosen: int | None = None) -> ShownScene:
    """Mark the HTML of a scene as safe."""
    choices = tuple((choice.position, prose(choice.html)) for choice in scene.choices)
    return ShownScene(scene.id, prose(scene.html), choices, chosen)


def show_debrief(debrief: DilemmaDebrief) -> ShownDebrief:
    """Mark the HTML of a debrief as safe."""
    texts = (*debrief.debriefs, debrief.explanation)
    return ShownDebrief(
        opinions=tuple(choice.opinion or "" for choice in debrief.path),
        texts=tuple(prose(text) for text in texts if text),
        references=prose(debrief.references),
    )
