"""What the rows about units change in the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.people.directory.fates import Fate
from app.people.directory.known import KnownUnit
from app.people.directory.problems import Mistake, Problem
from app.people.directory.rows import UnitRow
from app.people.directory.unit_checks import check, count_above

COLUMNS = {
    "name": "unite", "kind": "type_unite", "parent_code": "code_parent", "specialty": "filiere",
    "opened_on": "ouverte", "closed_on": "fermee", "merged_into_code": "fusionnee_dans",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit as it will be; its id is 0 where it is new."""

    line: int
    unit: KnownUnit
    fate: Fate


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """The units of the file, those above first, and all that is wrong."""

    changes: list[UnitChange]
    mistakes: list[Mistake]

    @property
    def counts(self) -> Counter[Fate]:
        """Count the units of each fate."""
        return Counter(change.fate for change in self.changes)


def plan_units(
    rows: Iterable[UnitRow],
    known: Mapping[str, KnownUnit],
    *,
    today: date,
    staffed: Mapping[str, int] | None = None,
) -> UnitPlan:
    """Compare the rows, one for each unit, with the tree.

    ``staffed`` counts the agents of the units that have some: such a unit is not closed, unless
    into another.
    """
    changes = {row.code: compare(row, known.get(row.code), today) for row in rows}
    after = dict(known) | {code: change.unit for code, change in changes.items()}
    above = {unit.parent_code for unit in after.values() if is_open(unit, today)}
    mistakes = [
        mistake
        for change in changes.values()
        if change.fate is not Fate.UNCHANGED
        for mistake in check(
            change.unit, change.line, after, above=above, staffed=staffed or {}, today=today
        )
    ]
    order = sorted(changes.values(), key=lambda change: count_above(change.unit.code, after))
    return UnitPlan(order, mistakes)


def is_open(unit: KnownUnit, today: date) -> bool:
    """Tell whether a unit is open on a day."""
    return unit.closed_on is None or unit.closed_on > today


def merge(first: UnitRow, row: UnitRow) -> tuple[UnitRow, list[Mistake]]:
    """Add what a row tells of a unit to what an earlier one told; they must agree."""
    mistakes = []
    for name, column in COLUMNS.items():
        told, before = getattr(row, name), getattr(first, name)
        if told and before and told != before:
            detail = f"{row.code} · {first.line}"
            mistakes.append(Mistake(row.line, column, Problem.UNIT_DIFFERS, detail))
        elif told and not before:
            first = replace(first, **{name: told})
    return first, mistakes


def compare(row: UnitRow, known: KnownUnit | None, today: date) -> UnitChange:
    """Tell what a unit becomes: what the row leaves empty stays."""
    closed_on = row.closed_on or (today if row.merged_into_code else None)
    if known is None:
        opened_on = min(today, closed_on or today)
        known = KnownUnit(0, row.code, "", "service", "", "", opened_on, None, "")
    elif known.merged_into_code == row.merged_into_code:
        closed_on = row.closed_on or known.closed_on
    after = KnownUnit(
        known.id,
        row.code,
        row.name or known.name,
        row.kind or known.kind,
        row.parent_code or known.parent_code,
        row.specialty or known.specialty,
        row.opened_on or known.opened_on,
        closed_on or known.closed_on,
        row.merged_into_code or known.merged_into_code,
    )
    return UnitChange(row.line, after, fate_of(after, known))


def fate_of(after: KnownUnit, before: KnownUnit) -> Fate:
    """Name the change; the one that reaches furthest where there are several."""
    if not before.id:
        return Fate.CREATED
    if after.merged_into_code != before.merged_into_code:
        return Fate.MERGED
    if after.closed_on and not before.closed_on:
        return Fate.CLOSED
    if after.parent_code != before.parent_code:
        return Fate.MOVED
    return Fate.UNCHANGED if after == before else Fate.CHANGED
