"""An item as the page macros want it, before and after an answer that is kept nowhere."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from app.dialect import items
from app.dialect.compiled import AnyItem, Dilemma
from app.dialect.public import DilemmaDebrief, Feedback
from app.markup import prose

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice, by its letter or its position."""

    letter: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item in the order of its page, with what was answered if something was."""

    id: str
    type: str
    title: str
    stem: Markup
    multiple: bool
    hints: tuple[Markup, ...]
    choices: tuple[ShownChoice, ...] = ()
    scene: Markup = NOTHING
    """The text of the scene in which a dilemma stands, past its opening."""
    path: str = ""
    """The choices made along a dilemma: their positions, joined by points."""
    ended: bool = False
    chosen: tuple[str, ...] = ()
    text: str = ""
    """What was written under a reflection."""
    outcome: str = ""
    """Empty before an answer; else as the feedback macro names it."""
    refused: bool = False
    """Whether something was sent that is not an answer."""
    feedback: Mapping[str, Markup] = field(default_factory=dict)
    expected: tuple[str, ...] = ()
    explanation: Markup = NOTHING
    references: Markup = NOTHING
    debrief: DilemmaDebrief | None = None
    see: str | None = None

    @property
    def decisions(self) -> list[tuple[str, Markup]]:
        """Give the ways on from a scene, as the decision macro wants them."""
        return [(choice.letter, choice.html) for choice in self.choices]


def show(item: AnyItem, raw: Sequence[str] | None, path: str) -> ShownItem:
    """Show an item; ``raw`` is what was sent about it, None for nothing."""
    if isinstance(item, Dilemma):
        return show_dilemma(item, raw, path)
    order = items.default_order(item, random.Random(item.id))  # noqa: S311 - an order, no secret
    shown = before_answer(item, order)
    if raw is None:
        return ShownItem(**shown)
    try:
        value = items.read_value(item, raw)
    except ValueError:
        return ShownItem(**shown, refused=True)
    return after_answer(item, shown, value)


def before_answer(item: AnyItem, order: Sequence[str]) -> dict[str, Any]:
    """Give the fields that are shown before an answer."""
    public = items.public(item, order)
    return {
        "id": public.id,
        "type": public.type,
        "title": public.title,
        "stem": prose(public.stem),
        "multiple": public.multiple,
        "hints": tuple(prose(hint) for hint in public.hints),
        "choices": tuple(ShownChoice(one.letter, prose(one.html)) for one in public.choices),
        "see": item.see,
    }


def after_answer(item: AnyItem, shown: dict[str, Any], value: object) -> ShownItem:
    """Show an item with what is said about an answer."""
    told = items.feedback(item, value)
    return ShownItem(
        **shown,
        chosen=tuple(one.letter for one in told.choices if one.chosen),
        text=value if isinstance(value, str) and not told.choices else "",
        outcome=outcome_of(told),
        feedback={one.letter: prose(one.feedback) for one in told.choices if one.feedback},
        expected=tuple(one.letter for one in told.choices if one.is_right),
        explanation=prose(told.explanation),
        references=prose(told.references),
    )


def outcome_of(told: Feedback) -> str:
    """Name an outcome as the feedback macro does."""
    if not told.scored:
        return "noted"
    if told.right:
        return "right"
    return "partly" if told.credit else "other"


def show_dilemma(item: Dilemma, raw: Sequence[str] | None, path: str) -> ShownItem:
    """Show the scene where the choices made lead, and the debrief at an ending."""
    scene = items.public_scene(item, "")
    made: list[tuple[str, int]] = []
    steps = [*path.split("."), *(raw or ())]
    for step in steps:
        if step.isascii() and step.isdigit() and 1 <= int(step[:3]) <= len(scene.choices):
            made.append((scene.id, int(step)))
            scene = items.next_scene(item, scene.id, int(step))
    told = items.debrief(item, made)
    shown = before_answer(item, ()) | {
        "choices": tuple(ShownChoice(str(c.position), prose(c.html)) for c in scene.choices)
    }
    return ShownItem(
        **shown,
        scene=prose(scene.html),
        path=".".join(str(position) for _, position in made),
        ended=told.ended,
        outcome="noted" if told.ended else "",
        debrief=told if told.ended else None,
        explanation=prose(told.explanation) if told.ended else NOTHING,
        references=prose(told.references) if told.ended else NOTHING,
    )
