"""How the rows of a snapshot are summed from its facts, from the agents' own units upwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access import Corps
from app.database import Model
from app.people.models import OrganisationalUnit
from app.statistics.counting import FACT, PLACE, Rows, figures, temporary
from app.statistics.models import (
    SnapshotCell,
    SnapshotFirstTry,
    SnapshotTotal,
    SnapshotUnit,
)

MEASURES = ("owed", "started", "completed", "overdue", "expired", "first_try")
PEOPLE_COUNTS = ("population", "asked", "up_to_date", "late")


def counted(model: type[Model]) -> sa.Table:
    """Describe where the rows of a table are numbered and wait to be kept."""
    columns = (sa.Column(column.key, column.type) for column in columns_of(model))
    number = sa.Column("number", sa.Integer, primary_key=True)
    return temporary(f"counted_{model.__tablename__}", number, *columns)


def columns_of(model: type[Model]) -> list[sa.Column[Any]]:
    """List the columns of a part of a snapshot, but for which snapshot it is."""
    columns: list[sa.Column[Any]] = list(model.__table__.columns)  # type: ignore[arg-type]
    return [column for column in columns if column.key != "snapshot_id"]


CELL, TOTAL, UNIT = counted(SnapshotCell), counted(SnapshotTotal), counted(SnapshotUnit)

ANCESTRY = temporary(
    "counted_ancestry",
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("above_id", sa.Integer, primary_key=True),
)
"""Every unit with itself and with each unit above it."""

PEOPLE = temporary(
    "counted_people",
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("corps", sa.Text, primary_key=True),
    *figures(*PEOPLE_COUNTS),
)
"""The people of each unit with all below it, by corps."""


FIRST_TRY = temporary(
    "counted_first_try",
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("module_id", sa.Integer, primary_key=True),
    *figures("completed", "first_try"),
)
"""Who completed, and at the first attempt, by the unit under a root in which they did."""


def add_up(table: sa.Table, names: tuple[str, ...]) -> list[sa.Label[int]]:
    """Sum columns."""
    return [sa.func.sum(table.c[name]).label(name) for name in names]


def select_cells() -> Rows:
    """Sum the facts by the agents' own unit, module, corps and category."""
    cell = (
        sa.select(
            FACT.c.place_id, FACT.c.module_id, sa.func.count().label("owed"),
            *add_up(FACT, MEASURES[1:]),
        )
        .where(FACT.c.module_id.is_not(None))
        .group_by(FACT.c.place_id, FACT.c.module_id)
        .subquery("cell")
    )  # fmt: skip
    return sa.select(
        PLACE.c.unit_id, cell.c.module_id, PLACE.c.corps, PLACE.c.category,
        *(cell.c[name] for name in MEASURES),
    ).join(PLACE, PLACE.c.id == cell.c.place_id)  # fmt: skip


def select_totals() -> Rows:
    """Sum the cells for each unit and those above it, for each corps."""
    own = (
        sa.select(CELL.c.unit_id, CELL.c.module_id, CELL.c.corps, *add_up(CELL, MEASURES))
        .group_by(CELL.c.unit_id, CELL.c.module_id, CELL.c.corps)
        .subquery("own")
    )
    return (
        sa.select(
            ANCESTRY.c.above_id.label("unit_id"), own.c.module_id, own.c.corps,
            *(sa.func.sum(own.c[name]).label(name) for name in MEASURES),
        )
        .join(ANCESTRY, ANCESTRY.c.unit_id == own.c.unit_id)
        .group_by(ANCESTRY.c.above_id, own.c.module_id, own.c.corps)
    )  # fmt: skip


def select_all_corps() -> Rows:
    """Sum the totals of the corps, for all of them together ('')."""
    return sa.select(
        TOTAL.c.unit_id, TOTAL.c.module_id, sa.literal("").label("corps"), *add_up(TOTAL, MEASURES)
    ).group_by(TOTAL.c.unit_id, TOTAL.c.module_id)


def select_people_counts() -> Rows:
    """Count the agents of each unit with all below it, by corps: all, asked, up to date, late."""
    holds = sa.and_(FACT.c.completed == 1, FACT.c.expired == 0)
    agent = (
        sa.select(
            sa.func.max(FACT.c.place_id).label("place_id"),
            sa.func.max(sa.case((FACT.c.module_id.is_not(None), 1), else_=0)).label("asked"),
            sa.func.min(sa.case((holds, 1), else_=0)).label("up_to_date"),
            sa.func.max(FACT.c.overdue).label("late"),
        )
        .group_by(FACT.c.agent_id)
        .subquery("agent_state")
    )
    place = (
        sa.select(
            agent.c.place_id, sa.func.count().label("population"),
            *(sa.func.sum(agent.c[name]).label(name) for name in PEOPLE_COUNTS[1:]),
        )
        .group_by(agent.c.place_id)
        .subquery("place_state")
    )  # fmt: skip
    return (
        sa.select(
            ANCESTRY.c.above_id.label("unit_id"), PLACE.c.corps,
            *(sa.func.sum(place.c[name]).label(name) for name in PEOPLE_COUNTS),
        )
        .join(PLACE, PLACE.c.id == place.c.place_id)
        .join(ANCESTRY, ANCESTRY.c.unit_id == PLACE.c.unit_id)
        .group_by(ANCESTRY.c.above_id, PLACE.c.corps)
    )  # fmt: skip


def select_all_people() -> Rows:
    """Sum the people of the corps, for all of them together ('')."""
    return sa.select(
        PEOPLE.c.unit_id, sa.literal("").label("corps"), *add_up(PEOPLE, PEOPLE_COUNTS)
    ).group_by(PEOPLE.c.unit_id)


def select_units(*, as_of: date) -> Rows:
    """Select every unit of a day, for each corps and for all, with its people and those below.

    The roots come last: once they are kept, so is the rest.
    """
    columns = [sa.literal(code).label("corps") for code in ("", *Corps)]
    every_corps = sa.union_all(*(sa.select(column) for column in columns)).subquery("every_corps")
    unit, every = OrganisationalUnit, aliased(PEOPLE)
    counts = (sa.func.coalesce(PEOPLE.c[name], 0).label(name) for name in PEOPLE_COUNTS)
    return (
        sa.select(
            unit.id.label("unit_id"), every_corps.c.corps, unit.parent_id, unit.path,
            unit.code, unit.name, unit.kind, *counts,
        )
        .select_from(unit)
        .join(every_corps, sa.true())
        .outerjoin(every, sa.and_(every.c.unit_id == unit.id, every.c.corps == ""))
        .outerjoin(
            PEOPLE,
            sa.and_(PEOPLE.c.unit_id == unit.id, PEOPLE.c.corps == every_corps.c.corps),
        )
        .where(sa.or_(is_open(unit, as_of), every.c.population > 0))
        .order_by(unit.parent_id.is_(None), unit.id)
    )  # fmt: skip


def is_open(unit: Any, day: date) -> sa.ColumnElement[bool]:
    """Tell whether a unit is open on a day."""
    return sa.and_(unit.opened_on <= day, sa.or_(unit.closed_on.is_(None), unit.closed_on > day))


def select_first_counts() -> Rows:
    """Count the completions of the units just under a root, where agents were that day."""
    unit, root = OrganisationalUnit, aliased(OrganisationalUnit)
    own = (
        sa.select(FACT.c.done_unit_id, FACT.c.module_id, *add_up(FACT, ("completed", "first_try")))
        .where(FACT.c.completed == 1)
        .group_by(FACT.c.done_unit_id, FACT.c.module_id)
        .subquery("own")
    )
    return (
        sa.select(
            unit.id.label("unit_id"), own.c.module_id,
            *(sa.func.sum(own.c[name]).label(name) for name in ("completed", "first_try")),
        )
        .select_from(own)
        .join(ANCESTRY, ANCESTRY.c.unit_id == own.c.done_unit_id)
        .join(unit, unit.id == ANCESTRY.c.above_id)
        .join(root, sa.and_(root.id == unit.parent_id, root.parent_id.is_(None)))
        .group_by(unit.id, own.c.module_id)
    )  # fmt: skip


def select_first_tries(snapshot_id: int, *, smallest_group: int) -> Rows:
    """Select what may be told of first attempts, for the units just under a root.

    A pair is new only where it is about a smallest group more, or fewer, than every pair told
    before; else the last one so near is told again. So no two snapshots, one taken from the
    other, tell how a few agents did, in whatever order their days were counted. And as a
    completion stays where it was earned, no sum of units opens on those who moved between them.
    """
    count = FIRST_TRY.c
    told, near = aliased(SnapshotFirstTry), aliased(SnapshotFirstTry)
    last_near = (
        sa.select(sa.func.max(near.snapshot_id))
        .where(
            near.unit_id == count.unit_id, near.module_id == count.module_id,
            sa.func.abs(near.completed - count.completed) < smallest_group,
        )
        .correlate(FIRST_TRY)
        .scalar_subquery()
    )  # fmt: skip
    return (
        sa.select(
            sa.literal(snapshot_id).label("snapshot_id"), count.unit_id, count.module_id,
            sa.func.coalesce(told.completed, count.completed).label("completed"),
            sa.func.coalesce(told.first_try, count.first_try).label("first_try"),
        )
        .outerjoin(
            told,
            sa.and_(
                told.snapshot_id == last_near, told.unit_id == count.unit_id,
                told.module_id == count.module_id,
            ),
        )
        .where(count.completed >= smallest_group)
    )  # fmt: skip
