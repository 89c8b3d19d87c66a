"""Walks through a dilemma: which choices follow one another, and where the story stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from app.dialect import items
from app.dialect.compiled import Dilemma
from app.dialect.public import PublicScene


class Made(Protocol):
    """A choice that was kept."""

    @property
    def walk(self) -> int:
        """Which walk it belongs to."""

    @property
    def value(self) -> Any:
        """``{"scene": id, "choice": position}``."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk through a dilemma."""

    number: int
    path: tuple[tuple[str, int], ...]
    """(scene, position of the choice), from the opening on."""
    scene: PublicScene
    """Where the walk stands."""

    @property
    def ended(self) -> bool:
        """Tell whether the walk reached an ending."""
        return self.scene.is_ending


def list_walks(dilemma: Dilemma, made: Iterable[Made]) -> list[Walk]:
    """Put the choices kept back together into walks, oldest first."""
    ordered = sorted(made, key=lambda row: row.walk)  # Stable: the order of events stays.
    return [
        follow(dilemma, number, [row.value for row in rows])
        for number, rows in groupby(ordered, key=lambda row: row.walk)
    ]


def follow(dilemma: Dilemma, number: int, values: Sequence[Mapping[str, Any]]) -> Walk:
    """Follow choices from the opening; one that does not follow is left out."""
    scene = items.public_scene(dilemma, "")
    path: list[tuple[str, int]] = []
    for value in values:
        position = value["choice"]
        if value["scene"] != scene.id or not 1 <= position <= len(scene.choices):
            continue
        path.append((scene.id, position))
        scene = items.next_scene(dilemma, scene.id, position)
    return Walk(number, tuple(path), scene)


def has_ended(dilemma: Dilemma, made: Iterable[Made]) -> bool:
    """Tell whether some walk reached an ending."""
    return any(walk.ended for walk in list_walks(dilemma, made))


def walk_of_choice(dilemma: Dilemma, made: Iterable[Made], scene_id: str) -> int | None:
    """Tell which walk a choice made in this scene belongs to; None when the story moved on.

    A choice in the opening while a walk stands elsewhere begins a new walk.
    """
    walks = list_walks(dilemma, made)
    if walks and not walks[-1].ended and walks[-1].scene.id == scene_id:
        return walks[-1].number
    if scene_id == "":
        return walks[-1].number + 1 if walks else 1
    return None
