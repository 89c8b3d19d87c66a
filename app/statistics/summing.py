"""How the rows of a snapshot are summed from its facts, from the agents' own units upwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access import Corps
from app.people.models import OrganisationalUnit
from app.statistics.counting import FACT, Rows, select_ancestry
from app.statistics.models import SnapshotCell, SnapshotFirstTry, SnapshotTotal

MEASURES = ("owed", "started", "completed", "overdue", "expired", "first_try")


def select_cells(snapshot_id: int) -> Rows:
    """Sum the facts by the agents' own unit, module, corps and category."""
    keys = (FACT.c.unit_id, FACT.c.module_id, FACT.c.corps, FACT.c.category)
    return (
        sa.select(
            sa.literal(snapshot_id).label("snapshot_id"), *keys, sa.func.count().label("owed"),
            *(sa.func.sum(FACT.c[name]).label(name) for name in MEASURES[1:]),
        )
        .where(FACT.c.module_id.is_not(None))
        .group_by(*keys)
    )  # fmt: skip


def select_totals(snapshot_id: int, *, by_corps: bool) -> Rows:
    """Sum the cells for each unit and those above it, for each corps or for all."""
    ancestry = select_ancestry()
    cell = SnapshotCell
    corps: sa.SQLColumnExpression[str] = cell.corps if by_corps else sa.literal("")
    keys = [ancestry.c.above_id, cell.module_id, *([cell.corps] if by_corps else [])]
    return (
        sa.select(
            sa.literal(snapshot_id).label("snapshot_id"), ancestry.c.above_id.label("unit_id"),
            cell.module_id, corps.label("corps"),
            *(sa.func.sum(getattr(cell, name)).label(name) for name in MEASURES),
        )
        .join(ancestry, ancestry.c.unit_id == cell.unit_id)
        .where(cell.snapshot_id == snapshot_id)
        .group_by(*keys)
    )  # fmt: skip


def count_people() -> Rows:
    """Count the agents of each own unit and corps: all, asked, up to date, late."""
    owes = FACT.c.module_id.is_not(None)
    holds = sa.and_(FACT.c.completed == 1, FACT.c.expired == 0)
    agent = (
        sa.select(
            FACT.c.unit_id,
            FACT.c.corps,
            sa.func.max(sa.case((owes, 1), else_=0)).label("asked"),
            sa.func.min(sa.case((sa.and_(owes, holds), 1), else_=0)).label("up_to_date"),
            sa.func.max(FACT.c.overdue).label("late"),
        )
        .group_by(FACT.c.agent_id, FACT.c.unit_id, FACT.c.corps)
        .subquery("agent_state")
    )
    return sa.select(
        agent.c.unit_id, agent.c.corps, sa.func.count().label("population"),
        *(sa.func.sum(agent.c[name]).label(name) for name in ("asked", "up_to_date", "late")),
    ).group_by(agent.c.unit_id, agent.c.corps)  # fmt: skip


def select_units(snapshot_id: int, *, as_of: date) -> Rows:
    """Select every unit of a day, for each corps and for all, with its people and those below."""
    columns = [sa.literal(code).label("corps") for code in ("", *Corps)]
    every_corps = sa.union_all(*(sa.select(column) for column in columns)).subquery("every_corps")
    people, ancestry, unit = (
        count_people().subquery("people"),
        select_ancestry(),
        OrganisationalUnit,
    )
    names = ("population", "asked", "up_to_date", "late")
    counts = [sa.func.coalesce(sa.func.sum(people.c[name]), 0).label(name) for name in names]
    return (
        sa.select(
            sa.literal(snapshot_id).label("snapshot_id"), unit.id.label("unit_id"),
            every_corps.c.corps, unit.parent_id, unit.path,
            unit.code, unit.name, unit.kind, *counts,
        )
        .select_from(unit)
        .join(every_corps, sa.true())
        .join(ancestry, ancestry.c.above_id == unit.id)
        .outerjoin(
            people,
            sa.and_(
                people.c.unit_id == ancestry.c.unit_id,
                sa.or_(every_corps.c.corps == "", people.c.corps == every_corps.c.corps),
            ),
        )
        .group_by(unit.id, every_corps.c.corps)
        .having(sa.or_(is_open(unit, as_of), sa.func.sum(people.c.population) > 0))
    )  # fmt: skip


def is_open(unit: Any, day: date) -> sa.ColumnElement[bool]:
    """Tell whether a unit is open on a day."""
    return sa.and_(unit.opened_on <= day, sa.or_(unit.closed_on.is_(None), unit.closed_on > day))


def select_first_tries(snapshot_id: int, *, smallest_group: int) -> Rows:
    """Select what may be told of first attempts, for the units just under a root.

    A pair is new only where it is about a smallest group more, or fewer, than every pair told
    before; else the last one so near is told again. So no two snapshots, one taken from the
    other, tell how a few agents did, in whatever order their days were counted.
    """
    unit, root, total = OrganisationalUnit, aliased(OrganisationalUnit), SnapshotTotal
    told, near = aliased(SnapshotFirstTry), aliased(SnapshotFirstTry)
    last_near = (
        sa.select(sa.func.max(near.snapshot_id))
        .where(
            near.unit_id == total.unit_id, near.module_id == total.module_id,
            sa.func.abs(near.completed - total.completed) < smallest_group,
        )
        .correlate(total)
        .scalar_subquery()
    )  # fmt: skip
    return (
        sa.select(
            sa.literal(snapshot_id).label("snapshot_id"), total.unit_id, total.module_id,
            sa.func.coalesce(told.completed, total.completed).label("completed"),
            sa.func.coalesce(told.first_try, total.first_try).label("first_try"),
        )
        .join(unit, unit.id == total.unit_id)
        .join(root, sa.and_(root.id == unit.parent_id, root.parent_id.is_(None)))
        .outerjoin(
            told,
            sa.and_(
                told.snapshot_id == last_near, told.unit_id == total.unit_id,
                told.module_id == total.module_id,
            ),
        )
        .where(
            total.snapshot_id == snapshot_id, total.corps == "",
            total.completed >= smallest_group,
        )
    )  # fmt: skip
