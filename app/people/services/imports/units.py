"""Make, change, close and merge the units that an import tells of."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.directory.agent_fates import day_after
from app.people.directory.unit_plan import UnitPlan
from app.people.import_models import DirectoryImport
from app.people.import_states import State
from app.people.models import Assignment, OrganisationalUnit
from app.people.queries.imports.tree import list_to_merge
from app.people.services.imports.checking import plan_import_units

AT_ONCE = 2_000
Units = dict[str, OrganisationalUnit]


def apply_units(session: Session, row: DirectoryImport, *, today: date) -> None:
    """Apply what an import tells of units, all of it at once; agents come next."""
    write_units(session, plan_import_units(session, row.id, today))
    row.state, row.position = State.APPLYING, 0


def write_units(session: Session, plan: UnitPlan) -> None:
    """Make and change the units, those above first, then put the paths right."""
    units: Units = {unit.code: unit for unit in session.scalars(sa.select(OrganisationalUnit))}
    for change in plan.changes:
        told = change.unit
        unit = units.setdefault(told.code, OrganisationalUnit(code=told.code, path="/"))
        unit.name, unit.kind, unit.specialty = told.name, told.kind, told.specialty
        unit.opened_on, unit.closed_on = told.opened_on, told.closed_on
        session.add(unit)
    session.flush()  # A parent made by the file needs its id.
    for change in plan.changes:
        unit = units[change.unit.code]
        unit.parent_id = id_of(units, change.unit.parent_code)
        unit.merged_into_id = id_of(units, change.unit.merged_into_code)
    by_id = {unit.id: unit for unit in units.values()}
    for unit in units.values():
        unit.path = path_of(unit, by_id)
    session.flush()


def id_of(units: Units, code: str) -> int | None:
    """Find the id of a unit by its code."""
    return units[code].id if code else None


def path_of(unit: OrganisationalUnit, by_id: dict[int, OrganisationalUnit]) -> str:
    """Write the ids from the root to a unit."""
    parts = [unit.id]
    while unit.parent_id is not None:
        unit = by_id[unit.parent_id]
        parts.append(unit.id)
    return "/" + "".join(f"{part}/" for part in reversed(parts))


def merge_some(session: Session, row: DirectoryImport, *, today: date) -> None:
    """Move the next agents of merged units into the units that took them."""
    if not move_merged(session, today=today):
        row.state, row.position = State.LEAVING, 0


def move_merged(session: Session, *, today: date) -> int:
    """Move some agents of merged units, and return how many."""
    moving = list_to_merge(session, today=today, count=AT_ONCE)
    starting = []
    for assignment, unit in moving:
        closed_on = unit.closed_on or today
        assignment.ends_on = day_after(assignment.starts_on, closed_on)
        starting.append(
            Assignment(
                agent_id=assignment.agent_id, unit_id=unit.merged_into_id,
                corps=assignment.corps, grade=assignment.grade, category=assignment.category,
                starts_on=assignment.ends_on,
            )
        )  # fmt: skip
    session.flush()  # One assignment holds at a time: the old one ends first.
    session.add_all(starting)
    session.flush()
    return len(moving)
