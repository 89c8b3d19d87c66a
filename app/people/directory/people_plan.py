"""What the rows about agents change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.people.directory.cells import RowError
from app.people.directory.known import Known, KnownAgent
from app.people.directory.rows import PersonRow
from app.people.directory.unit_plan import Fate, UnitPlan, plan_units

TOLD = ("matricule", "given_name", "family_name", "email", "language", "arrived_on")


@dataclass(frozen=True, slots=True)
class PersonChange:
    """An agent as they will be, and from when a new assignment holds, if there is one."""

    row: PersonRow
    agent_id: int | None
    ends_assignment: int | None
    starts_on: date | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """All that a file changes, and all that is wrong with it."""

    units: UnitPlan
    changes: list[PersonChange]
    errors: list[RowError]
    inactive: int
    """How many agents of the file are deactivated: they stay so."""
    counts: Counter[Fate] = field(default_factory=Counter)


def plan_people(rows: list[PersonRow], known: Known, *, today: date) -> PeoplePlan:
    """Compare the rows with what is known."""
    units = plan_units([row.unit for row in rows], known.units, today=today)
    closed = {
        change.unit.code
        for change in units.changes
        if change.unit.closed_on and change.unit.closed_on <= today
    }
    errors = list(units.errors)
    changes = []
    for row in rows:
        agent = known.agents.get(row.key)
        errors += check(row, agent, closed, today)
        changes.append(compare(row, agent, today))
    inactive = sum(not agent.is_active for agent in known.agents.values())
    counts = Counter(change.fate for change in changes)
    return PeoplePlan(units, changes, errors, inactive, counts)


def compare(row: PersonRow, agent: KnownAgent | None, today: date) -> PersonChange:
    """Tell what becomes of an agent; a move counts as one even where a name changes too."""
    if agent is None:
        starts_on = row.since or row.arrived_on
        return PersonChange(row, None, None, starts_on, Fate.CREATED)
    held = agent.assignment
    if held is None:
        return PersonChange(row, agent.id, None, row.since or today, Fate.MOVED)
    placed = (row.unit.code, row.corps, row.grade, row.category)
    if placed != (held.unit_code, held.corps, held.grade, held.category):
        # An assignment lasts a day at least: one begun today can only end tomorrow.
        starts_on = max(row.since or today, held.starts_on + timedelta(days=1))
        return PersonChange(row, agent.id, held.id, starts_on, Fate.MOVED)
    fate = Fate.CHANGED if is_changed(row, agent) else Fate.UNCHANGED
    return PersonChange(row, agent.id, None, None, fate)


def is_changed(row: PersonRow, agent: KnownAgent) -> bool:
    """Tell whether the row says something new; an empty mail or language says nothing."""
    return any(getattr(row, name) not in ("", getattr(agent, name)) for name in TOLD)


def check(
    row: PersonRow, agent: KnownAgent | None, closed: set[str], today: date
) -> list[RowError]:
    """Say what is wrong with an agent among what is known."""
    errors = []
    if row.unit.code in closed:
        errors.append(RowError(row.line, "code_unite", "is closed"))
    if row.since and row.since > today:
        errors.append(RowError(row.line, "depuis", "is in the future"))
    held = agent.assignment if agent else None
    if row.since and held and row.since < held.starts_on:
        problem = f"is before the current assignment, which began on {held.starts_on}"
        errors.append(RowError(row.line, "depuis", problem))
    return errors
