"""Figures as values: what pages show, exports write and tests compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot: which day it counts, and when it was taken."""

    id: int
    as_of: date
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people there are, of whom asked, of whom up to date and late."""

    population: int = 0
    asked: int = 0
    up_to_date: int = 0
    late: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            *(mine + theirs for mine, theirs in zip(self.parts, other.parts, strict=True))
        )

    def __mul__(self, times: int) -> Counts:
        return Counts(*(times * part for part in self.parts))

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            *(mine - theirs for mine, theirs in zip(self.parts, other.parts, strict=True))
        )

    @property
    def parts(self) -> tuple[int, int, int, int]:
        """List the four counts."""
        return self.population, self.asked, self.up_to_date, self.late

    @property
    def not_asked(self) -> int:
        """Count those of whom nothing is asked."""
        return self.population - self.asked


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit as it stood in a snapshot, with its counts and those below."""

    unit_id: int
    parent_id: int | None
    path: str
    name: str
    counts: Counts

    @property
    def ids(self) -> tuple[int, ...]:
        """List the ids from the root to the unit."""
        return tuple(int(part) for part in self.path.split("/")[1:-1])


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The counts of one corps, or of one band of grades."""

    key: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, each kept."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Give the share in percent, or None of nothing."""
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """The counts of one module; ``first_try`` only where it may be told."""

    module_id: int
    owed: int
    started: int
    completed: int
    overdue: int
    expired: int
    first_try: Share | None = None

    @property
    def valid(self) -> int:
        """Count those whose completion still holds."""
        return self.completed - self.expired


@dataclass(frozen=True, slots=True)
class DatedCounts:
    """The counts of one day, for a trend."""

    as_of: date
    counts: Counts


def add_up(counts: Iterable[Counts]) -> Counts:
    """Sum counts."""
    return sum(counts, start=Counts())


def choose(snapshots: list[Taken], day: date | None) -> Taken | None:
    """Choose the last snapshot at or before a day; the last of all without one."""
    return next((taken for taken in snapshots if day is None or taken.as_of <= day), None)


def outermost(units: Iterable[UnitFigures]) -> list[UnitFigures]:
    """Leave out the units that are below another one, so that none is counted twice."""
    kept: list[UnitFigures] = []
    for unit in sorted(units, key=lambda unit: unit.path.count("/")):
        if not any(unit.path.startswith(above.path) for above in kept):
            kept.append(unit)
    return sorted(kept, key=lambda unit: unit.name)
