"""Answers given in a preview: they live in one request, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.dialect import items
from app.dialect.compiled import AnyItem, Dilemma

LONGEST_WALK = 60
MOST_CHOICES = 500
"""How many choices the scenes of a walk may offer in all: each is shown again."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, in the shape that the pages of learning show."""

    value: Any
    walk: int = 1
    received_at: Any = None
    """Never set: nothing says « enregistré »."""


def read_answer(
    item: AnyItem, raw: Sequence[str], trail: str = "", order: items.Order = ()
) -> list[Given]:
    """Read what was sent about an item; raise `Unreadable` when it is not an answer.

    A dilemma's earlier choices come as ``trail``, their positions joined by points.
    """
    if isinstance(item, Dilemma):
        return [*walk(item, trail), Given(items.read_value(item, raw))]
    return [Given(items.read_value(item, raw, order))]


def walk(item: Dilemma, trail: str) -> list[Given]:
    """Make the choices of a trail again, as far as they lead."""
    scene, made = items.public_scene(item, ""), []
    room = MOST_CHOICES
    for text in trail.split(".")[:LONGEST_WALK]:
        position = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
        room -= len(scene.choices)
        if room < 0 or not 1 <= position <= len(scene.choices):
            break
        made.append(Given({"scene": scene.id, "choice": position}))
        scene = items.next_scene(item, scene.id, position)
    return made


def trail_of(given: Sequence[Given]) -> str:
    """Write the choices made along a dilemma as a trail."""
    return ".".join(str(one.value["choice"]) for one in given if isinstance(one.value, dict))
