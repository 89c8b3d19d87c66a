"""How the rows of a snapshot are summed from its facts, from the agents' own units upwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access import Corps
from app.database import Model
from app.people.models import OrganisationalUnit
from app.statistics.counting import (
    LATE,
    OF_MODULE,
    OF_PLACE,
    PERSON,
    PLACE,
    STANDINGS,
    VALID,
    Rows,
    figures,
    flag,
    read_marks,
    temporary,
)
from app.statistics.models import SnapshotBand, SnapshotCell, SnapshotTotal, SnapshotUnit

MEASURES = ("owed", "started", "completed", "overdue", "expired")
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
BAND = counted(SnapshotBand)

ANCESTRY = temporary(
    "counted_ancestry",
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("above_id", sa.Integer, primary_key=True),
)
"""Every unit with itself and with each unit above it."""

BASE = temporary(
    "counted_base", sa.Column("unit_id", sa.Integer, primary_key=True), *figures("base_id")
)
"""Every unit with the nearest one that has others below: itself, or the one right above it.

Most units have none below: their totals are their own cells, summed once; only those of the others
are summed again for each unit above.
"""

PEOPLE = temporary(
    "counted_people",
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("corps", sa.Text, primary_key=True),
    sa.Column("category", sa.Text, primary_key=True),
    *figures(*PEOPLE_COUNTS),
)


def add_up(table: sa.FromClause, names: tuple[str, ...]) -> list[sa.Label[int]]:
    """Sum columns."""
    return [sa.func.sum(table.c[name]).label(name) for name in names]


def select_bases() -> Rows:
    """Select the rows of `BASE`."""
    unit, below = OrganisationalUnit, aliased(OrganisationalUnit)
    has_some = sa.exists().where(below.parent_id == unit.id)
    base = sa.case((has_some, unit.id), else_=unit.parent_id)
    return sa.select(unit.id.label("unit_id"), base.label("base_id"))


def select_cells() -> Rows:
    """Sum the facts by the agents' own unit, module, corps and category."""
    marked = read_marks()
    counts = (
        sa.func.sum(flag(marked.c.standing.in_(STANDINGS[name]))).label(name)
        for name in MEASURES[1:]
    )
    cell = (
        sa.select(marked.c.place_and_module, sa.func.count().label("owed"), *counts)
        .group_by(marked.c.place_and_module)
        .subquery("cell")
    )
    modules = OF_PLACE // OF_MODULE
    return sa.select(
        PLACE.c.unit_id, (cell.c.place_and_module % modules).label("module_id"),
        PLACE.c.corps, PLACE.c.category, *(cell.c[name] for name in MEASURES),
    ).join(PLACE, PLACE.c.id == cell.c.place_and_module // modules)  # fmt: skip


def select_own_totals() -> Rows:
    """Sum the cells of the units that have none below, for each corps."""
    keys = (CELL.c.unit_id, CELL.c.module_id, CELL.c.corps)
    return (
        sa.select(*keys, *add_up(CELL, MEASURES))
        .join(BASE, BASE.c.unit_id == CELL.c.unit_id)
        .where(sa.or_(BASE.c.base_id.is_(None), BASE.c.base_id != CELL.c.unit_id))
        .group_by(*keys)
    )


def select_totals_above() -> Rows:
    """Sum the cells of the units that have others below, with all of these, for each corps."""
    base = sum_by_base(CELL.c.corps, *add_up(CELL, MEASURES))
    keys = (ANCESTRY.c.above_id.label("unit_id"), base.c.module_id, base.c.corps)
    return sum_above(base, keys, add_up(base, MEASURES))


def select_bands() -> Rows:
    """Sum the cells of the same units for each band of grades."""
    valid = sa.func.sum(CELL.c.completed - CELL.c.expired).label("up_to_date")
    asked, late = (sa.func.sum(CELL.c[name]) for name in ("owed", "overdue"))
    base = sum_by_base(CELL.c.category, asked.label("asked"), valid, late.label("late"))
    keys = (ANCESTRY.c.above_id.label("unit_id"), base.c.module_id, base.c.category)
    sums = [sa.literal(0).label("population"), *add_up(base, PEOPLE_COUNTS[1:])]
    return sum_above(base, keys, sums)


def sum_by_base(key: sa.ColumnElement[str], *sums: sa.Label[int]) -> sa.Subquery:
    """Sum the cells by the nearest unit that has others below."""
    keys = (BASE.c.base_id, CELL.c.module_id, key)
    joined = sa.select(*keys, *sums).select_from(CELL).join(BASE, BASE.c.unit_id == CELL.c.unit_id)
    return joined.group_by(*keys).subquery("base")


def sum_above(base: sa.Subquery, keys: tuple[Any, ...], sums: list[sa.Label[int]]) -> Rows:
    """Sum what stands at the bases for them and for each unit above them."""
    joined = sa.select(*keys, *sums).select_from(base)
    return joined.join(ANCESTRY, ANCESTRY.c.unit_id == base.c.base_id).group_by(*keys)


def select_all_corps() -> Rows:
    """Sum the totals of the corps, for all of them together ('')."""
    return sa.select(
        TOTAL.c.unit_id, TOTAL.c.module_id, sa.literal("").label("corps"), *add_up(TOTAL, MEASURES)
    ).group_by(TOTAL.c.unit_id, TOTAL.c.module_id)


def select_people_counts() -> Rows:
    """Count the agents of each unit with all below it: all, asked, up to date, late."""
    marked = read_marks()
    worst = (
        sa.select(
            (sa.func.max(marked.c.mark) // OF_PLACE).label("place_id"),
            sa.func.max(marked.c.standing).label("standing"),
        )
        .group_by(marked.c.agent_id)
        .subquery("worst")
    )
    up_to_date, late = worst.c.standing == VALID, worst.c.standing >= LATE
    zeros = (sa.literal(0).label(name) for name in PEOPLE_COUNTS[1:])
    at_place = sa.union_all(
        sa.select(PERSON.c.place_id, sa.func.count().label("population"), *zeros).group_by(
            PERSON.c.place_id
        ),
        sa.select(
            worst.c.place_id,
            sa.literal(0),
            sa.func.count(),
            sa.func.sum(flag(up_to_date)),
            sa.func.sum(flag(late)),
        ).group_by(worst.c.place_id),
    ).subquery("at_place")
    keys = (ANCESTRY.c.above_id.label("unit_id"), PLACE.c.corps, PLACE.c.category)
    return (
        sa.select(*keys, *add_up(at_place, PEOPLE_COUNTS))
        .select_from(at_place)
        .join(PLACE, PLACE.c.id == at_place.c.place_id)
        .join(ANCESTRY, ANCESTRY.c.unit_id == PLACE.c.unit_id)
        .group_by(*keys)
    )


def select_people_bands() -> Rows:
    """Sum the people of each unit by band of grades."""
    keys = (PEOPLE.c.unit_id, sa.literal(0).label("module_id"), PEOPLE.c.category)
    counts = add_up(PEOPLE, PEOPLE_COUNTS)
    return sa.select(*keys, *counts).group_by(PEOPLE.c.unit_id, PEOPLE.c.category)


def select_all_people() -> sa.Subquery:
    """Sum the people of each unit for each corps, and for all of them together ('')."""
    counts = add_up(PEOPLE, PEOPLE_COUNTS)
    each = sa.select(PEOPLE.c.unit_id, PEOPLE.c.corps, *counts)
    every = sa.select(PEOPLE.c.unit_id, sa.literal(""), *counts)
    return sa.union_all(
        each.group_by(PEOPLE.c.unit_id, PEOPLE.c.corps), every.group_by(PEOPLE.c.unit_id)
    ).subquery("people")


def select_units(*, as_of: date) -> Rows:
    """Select every unit of a day, for each corps and for all, with its people and those below.

    The roots come last: once they are kept, so is the rest.
    """
    columns = [sa.literal(code).label("corps") for code in ("", *Corps)]
    every_corps = sa.union_all(*(sa.select(column) for column in columns)).subquery("every_corps")
    unit, people = OrganisationalUnit, select_all_people()
    counts = (sa.func.coalesce(people.c[name], 0).label(name) for name in PEOPLE_COUNTS)
    some = sa.select(PEOPLE.c.unit_id)
    return (
        sa.select(
            unit.id.label("unit_id"), every_corps.c.corps, unit.parent_id, unit.path,
            unit.code, unit.name, unit.kind, *counts,
        )
        .select_from(unit)
        .join(every_corps, sa.true())
        .outerjoin(
            people, sa.and_(people.c.unit_id == unit.id, people.c.corps == every_corps.c.corps)
        )
        .where(sa.or_(is_open(unit, as_of), unit.id.in_(some)))
        .order_by(unit.parent_id.is_(None), unit.id)
    )  # fmt: skip


def is_open(unit: Any, day: date) -> sa.ColumnElement[bool]:
    """Tell whether a unit is open on a day."""
    return sa.and_(unit.opened_on <= day, sa.or_(unit.closed_on.is_(None), unit.closed_on > day))
