"""What the rows about units change in the tree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.people.directory.cells import RowError
from app.people.directory.known import KnownUnit
from app.people.directory.rows import UnitRow

COLUMNS = {
    "name": "unite", "kind": "type_unite", "parent_code": "code_parent",
    "opened_on": "ouverte", "closed_on": "fermee",
}  # fmt: skip


class Fate(StrEnum):
    """What becomes of a unit or an agent."""

    CREATED = "created"
    CHANGED = "changed"
    MOVED = "moved"
    UNCHANGED = "unchanged"


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
    errors: list[RowError]

    @property
    def counts(self) -> Counter[Fate]:
        """Count the units of each fate."""
        return Counter(change.fate for change in self.changes)


def plan_units(rows: list[UnitRow], known: dict[str, KnownUnit], *, today: date) -> UnitPlan:
    """Compare the rows with the tree; one unit may be told by many rows, which must agree."""
    merged, errors = merge(rows)
    changes = {code: compare(row, known.get(code), today) for code, row in merged.items()}
    codes = set(known) | set(changes)
    parents = {code: unit.parent_code for code, unit in known.items()}
    parents |= {code: change.unit.parent_code for code, change in changes.items()}
    for change in changes.values():
        errors += check(change, codes, parents)
    order = sorted(changes.values(), key=lambda change: depth(change.unit.code, parents))
    return UnitPlan(order, errors)


def merge(rows: list[UnitRow]) -> tuple[dict[str, UnitRow], list[RowError]]:
    """Make one row of all those about a unit; what two of them say differently is an error."""
    merged: dict[str, UnitRow] = {}
    errors: list[RowError] = []
    for row in rows:
        first = merged.setdefault(row.code, row)
        for name, column in COLUMNS.items():
            told, before = getattr(row, name), getattr(first, name)
            if told and before and told != before:
                problem = f"differs from row {first.line} for the unit {row.code}"
                errors.append(RowError(row.line, column, problem))
            elif told and not before:
                merged[row.code] = first = replace(first, **{name: told})
    return {code: row for code, row in merged.items() if code}, errors


def compare(row: UnitRow, known: KnownUnit | None, today: date) -> UnitChange:
    """Tell what a unit becomes: what the row leaves empty stays."""
    opened_on = row.opened_on or min(today, row.closed_on or today)
    if known is None:
        kind = row.kind or "service"
        known = KnownUnit(0, row.code, "", kind, "", opened_on, None)
    after = KnownUnit(
        known.id,
        row.code,
        row.name or known.name,
        row.kind or known.kind,
        row.parent_code or known.parent_code,
        row.opened_on or known.opened_on,
        row.closed_on or known.closed_on,
    )
    return UnitChange(row.line, after, fate_of(after, known))


def fate_of(after: KnownUnit, before: KnownUnit) -> Fate:
    """Name the change."""
    if not before.id:
        return Fate.CREATED
    if after.parent_code != before.parent_code:
        return Fate.MOVED
    return Fate.UNCHANGED if after == before else Fate.CHANGED


def check(change: UnitChange, codes: set[str], parents: dict[str, str]) -> list[RowError]:
    """Say what is wrong with a unit among the others."""
    errors, unit = [], change.unit
    if not unit.name:
        errors.append(RowError(change.line, "unite", f"is empty, and {unit.code} is not known"))
    if unit.parent_code and unit.parent_code not in codes:
        errors.append(RowError(change.line, "code_parent", "is not the code of a unit"))
    elif depth(unit.code, parents) < 0:
        errors.append(RowError(change.line, "code_parent", "puts the unit below itself"))
    if unit.closed_on and unit.closed_on <= unit.opened_on:
        errors.append(RowError(change.line, "fermee", "is not after the opening"))
    return errors


def depth(code: str, parents: dict[str, str]) -> int:
    """Count the units above; -1 where they turn in a circle."""
    seen: set[str] = set()
    while parents.get(code):
        if code in seen:
            return -1
        seen.add(code)
        code = parents[code]
    return len(seen)
