"""What may be told of passes at the first attempt: only groups large enough, and for good.

Passes wait until there are enough of them. They are told all at once: under the name of each unit
that has enough, the others together as « autres services ». What a unit was told of stays told, so
that every figure ever shown, on whatever page and day, is a sum of the same groups: no subtraction
is about fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Passes:
    """How many passes, and how many of them at the first attempt."""

    passed: int = 0
    first_try: int = 0

    def __add__(self, other: Passes) -> Passes:
        return Passes(self.passed + other.passed, self.first_try + other.first_try)


@dataclass(frozen=True, slots=True)
class Told:
    """The passes of one unit and module: told under its name, told among others, waiting."""

    own: Passes = Passes()
    merged: Passes = Passes()
    waiting: Passes = Passes()

    def tell(self, *, under_its_name: bool) -> Told:
        """Tell what waits."""
        if under_its_name:
            return Told(self.own + self.waiting, self.merged)
        return Told(self.own, self.merged + self.waiting)


def add_waiting(units: Mapping[int, Told], new: Mapping[int, Passes]) -> dict[int, Told]:
    """Add new passes to those that wait, by unit."""
    found = dict(units)
    for unit_id, passes in new.items():
        told = found.get(unit_id, Told())
        found[unit_id] = replace(told, waiting=told.waiting + passes)
    return found


def tell(units: Mapping[int, Told], *, smallest_group: int) -> dict[int, Told]:
    """Tell the passes of the units of one root on one module, if enough of them wait."""
    counts = {unit_id: told.waiting.passed for unit_id, told in units.items()}
    if sum(counts.values()) < smallest_group:
        return dict(units)
    named = sorted((count, unit_id) for unit_id, count in counts.items() if count >= smallest_group)
    left = sum(count for count in counts.values() if count < smallest_group)
    if 0 < left < smallest_group:
        named = named[1:]  # The smallest of the large joins the others, who would be too few.
    alone = {unit_id for _count, unit_id in named}
    return {unit_id: told.tell(under_its_name=unit_id in alone) for unit_id, told in units.items()}
