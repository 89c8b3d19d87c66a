"""Apply a directory file: units, agents, dated moves; all of it or nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.directory.cells import RowError
from app.people.directory.people_plan import PeoplePlan, PersonChange, plan_people
from app.people.directory.rows import PersonRow, UnitRow
from app.people.directory.unit_plan import Fate, UnitPlan, plan_units
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries.directory import BATCH, read_known, read_units
from app.people.search_key import search_key
from app.people.signals import people_loaded


class RefusedFileError(Exception):
    """The file is wrong; nothing was applied."""

    def __init__(self, errors: list[RowError]) -> None:
        self.errors = sorted(errors)


def load_people(
    session: Session, *, rows: list[PersonRow], actor_id: int | None, today: date
) -> PeoplePlan:
    """Apply the rows about agents and their units."""
    known = read_known(session, keys=[row.key for row in rows])
    plan = plan_people(rows, known, today=today)
    if plan.errors:
        raise RefusedFileError(plan.errors)
    apply_units(session, plan.units)
    unit_ids = {unit.code: unit.id for unit in session.scalars(sa.select(OrganisationalUnit))}
    insert_agents(session, plan.changes)
    update_agents(session, plan.changes)
    end_assignments(session, plan.changes)
    start_assignments(session, plan.changes, unit_ids)
    people_loaded.send(session)
    note(session, "people", actor_id, plan.counts)
    return plan


def load_units(
    session: Session, *, rows: list[UnitRow], actor_id: int | None, today: date
) -> UnitPlan:
    """Apply the rows about units."""
    plan = plan_units(rows, read_units(session), today=today)
    if plan.errors:
        raise RefusedFileError(plan.errors)
    apply_units(session, plan)
    note(session, "units", actor_id, plan.counts)
    return plan


def note(session: Session, kind: str, actor_id: int | None, counts: Counter[Fate]) -> None:
    """Write in the journal that a file was applied, and how much it changed."""
    told: dict[str, Any] = {fate.value: counts[fate] for fate in Fate}
    record(session, Action.PEOPLE_LOADED, actor_id=actor_id, object_kind=kind, **told)


def apply_units(session: Session, plan: UnitPlan) -> None:
    """Make and change the units, those above first, then put the paths right."""
    units = {unit.code: unit for unit in session.scalars(sa.select(OrganisationalUnit))}
    for change in plan.changes:
        told = change.unit
        unit = units.setdefault(told.code, OrganisationalUnit(code=told.code, path="/"))
        unit.name, unit.kind = told.name, told.kind
        unit.opened_on, unit.closed_on = told.opened_on, told.closed_on
        session.add(unit)
    session.flush()  # A parent made by the file needs its id.
    for change in plan.changes:
        parent = units.get(change.unit.parent_code)
        units[change.unit.code].parent_id = parent.id if parent else None
    by_id = {unit.id: unit for unit in units.values()}
    for unit in units.values():
        unit.path = path_of(unit, by_id)
    session.flush()


def path_of(unit: OrganisationalUnit, by_id: dict[int, OrganisationalUnit]) -> str:
    """Write the ids from the root to a unit."""
    parts = [unit.id]
    while unit.parent_id is not None:
        unit = by_id[unit.parent_id]
        parts.append(unit.id)
    return "/" + "".join(f"{part}/" for part in reversed(parts))


def told_by(row: PersonRow) -> dict[str, Any]:
    """Give the columns that a row fills; an empty mail or language leaves what is known."""
    told: dict[str, Any] = {
        "matricule": row.matricule,
        "given_name": row.given_name,
        "family_name": row.family_name,
        "search_key": search_key(row.family_name, row.given_name, row.matricule),
        "arrived_on": row.arrived_on,
    }
    return told | {name: value for name in ("email", "language") if (value := getattr(row, name))}


def insert_agents(session: Session, changes: list[PersonChange]) -> None:
    """Make the agents that are new, without a password."""
    session.add_all(
        Agent(matricule_key=change.row.key, **told_by(change.row))
        for change in changes
        if change.fate == Fate.CREATED
    )
    session.flush()


def update_agents(session: Session, changes: list[PersonChange]) -> None:
    """Write what rows say anew of agents known before."""
    for change in changes:
        if change.agent_id is not None and change.fate != Fate.UNCHANGED:
            session.execute(
                sa.update(Agent).where(Agent.id == change.agent_id).values(**told_by(change.row))
            )


def end_assignments(session: Session, changes: list[PersonChange]) -> None:
    """End the assignments that others replace."""
    for change in changes:
        if change.ends_assignment is not None:
            session.execute(
                sa.update(Assignment)
                .where(Assignment.id == change.ends_assignment, Assignment.ends_on.is_(None))
                .values(ends_on=change.starts_on)
            )


def start_assignments(
    session: Session, changes: list[PersonChange], unit_ids: dict[str, int]
) -> None:
    """Start the new assignments."""
    starting = [change for change in changes if change.starts_on is not None]
    ids = find_ids(session, [change.row.key for change in starting])
    session.add_all(
        Assignment(
            agent_id=ids[change.row.key],
            unit_id=unit_ids[change.row.unit.code],
            corps=change.row.corps,
            grade=change.row.grade,
            category=change.row.category,
            starts_on=change.starts_on,
        )
        for change in starting
    )
    session.flush()


def find_ids(session: Session, keys: list[str]) -> dict[str, int]:
    """Find the agents' ids by their keys."""
    ids: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        rows = session.execute(
            sa.select(Agent.matricule_key, Agent.id).where(
                Agent.matricule_key.in_(keys[start : start + BATCH])
            )
        )
        ids |= {row.matricule_key: row.id for row in rows}
    return ids
