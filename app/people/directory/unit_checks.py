"""Say what is wrong with a unit among the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date

from app.people.directory.known import KnownUnit
from app.people.directory.problems import Mistake, Problem

Tree = Mapping[str, KnownUnit]


def check(
    unit: KnownUnit, line: int, after: Tree, *, above: Set[str], staffed: Mapping[str, int],
    today: date,
) -> list[Mistake]:  # fmt: skip
    """Say what is wrong with a unit in the tree as it will be."""
    found = [
        *check_days(unit, today),
        *check_place(unit, after),
        *check_closing(unit, above=above, staffed=staffed, today=today),
        *check_merger(unit, after, today),
    ]
    return [Mistake(line, column, problem, detail) for column, problem, detail in found]


def check_days(unit: KnownUnit, today: date) -> Iterator[tuple[str, Problem, str]]:
    """Check that a unit opened or closed already: pages show the tree of today, and no other."""
    for column, day in (("ouverte", unit.opened_on), ("fermee", unit.closed_on)):
        if day is not None and day > today:
            yield column, Problem.IN_FUTURE, day.isoformat()


def check_place(unit: KnownUnit, after: Tree) -> Iterator[tuple[str, Problem, str]]:
    """Check the name of a unit and what it stands below."""
    if not unit.name:
        yield "unite", Problem.UNIT_UNNAMED, unit.code
    if unit.parent_code and unit.parent_code not in after:
        yield "code_parent", Problem.UNKNOWN_PARENT, unit.parent_code
    elif count_above(unit.code, after) < 0:
        yield "code_parent", Problem.LOOP, unit.code


def check_closing(
    unit: KnownUnit, *, above: Set[str], staffed: Mapping[str, int], today: date
) -> Iterator[tuple[str, Problem, str]]:
    """Check that a unit can close: after it opened, with nobody in it and nothing open below."""
    if unit.closed_on is None:
        return
    if unit.closed_on <= unit.opened_on:
        yield "fermee", Problem.CLOSES_TOO_SOON, unit.closed_on.isoformat()
    if unit.closed_on > today:
        return
    if unit.code in above:
        yield "fermee", Problem.STILL_ABOVE, unit.code
    if not unit.merged_into_code and staffed.get(unit.code):
        yield "fermee", Problem.STILL_STAFFED, str(staffed[unit.code])


def check_merger(unit: KnownUnit, after: Tree, today: date) -> Iterator[tuple[str, Problem, str]]:
    """Check that a unit is merged into another one that stays open."""
    if not unit.merged_into_code:
        return
    target = after.get(unit.merged_into_code)
    if target is unit or (target and target.merged_into_code == unit.code):
        yield "fusionnee_dans", Problem.MERGED_INTO_ITSELF, unit.code
    elif target is None or (target.closed_on and target.closed_on <= today):
        yield "fusionnee_dans", Problem.UNKNOWN_TARGET, unit.merged_into_code


def count_above(code: str, after: Tree) -> int:
    """Count the units above; -1 where they turn in a circle."""
    seen: set[str] = set()
    while (unit := after.get(code)) and unit.parent_code:
        if code in seen:
            return -1
        seen.add(code)
        code = unit.parent_code
    return len(seen)
