"""How the rows of a snapshot are summed from its facts, from the agents' own units upwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access import Corps
from app.database import Model
from app.people.models import OrganisationalUnit
from app.statistics.by_unit import MEASURES
from app.statistics.counting import (
    FACT,
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
    temporary,
)
from app.statistics.models import SnapshotBand, SnapshotCell, SnapshotTotal, SnapshotUnit

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

Most units have none below, and need no totals: their cells say the same. What stands in them is
summed first to the unit above, then for each one above it.
"""

AT_PLACE = temporary(
    "counted_at_place",
    sa.Column("place_id", sa.Integer, primary_key=True),
    *figures(*PEOPLE_COUNTS),
)
"""The people of each place."""

PEOPLE = temporary(
    "counted_people",
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("corps", sa.Text, primary_key=True),
    sa.Column("category", sa.Text, primary_key=True),
    *figures(*PEOPLE_COUNTS),
)
"""The people of each unit with all below it."""


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
    """Sum the facts by the agents' own unit, module, corps and category.

    The agents of each mark are counted first: a bare number is what is sorted the quickest.
    """
    number = sa.cast(sa.func.count(), sa.Integer)  # PostgreSQL makes a decimal of a sum of others.
    alike = sa.select(FACT.c.mark, number.label("agents")).group_by(FACT.c.mark)
    mark, agents = alike.subquery("alike").c
    counts = (
        sa.func.sum(sa.case(((mark % OF_MODULE).in_(STANDINGS[name]), agents), else_=0)).label(name)
        for name in MEASURES[1:]
    )
    place_and_module = (mark // OF_MODULE).label("place_and_module")
    summed = sa.select(place_and_module, sa.func.sum(agents).label("owed"), *counts)
    cell, modules = summed.group_by(place_and_module).subquery("cell"), OF_PLACE // OF_MODULE
    return sa.select(
        PLACE.c.unit_id, (cell.c.place_and_module % modules).label("module_id"),
        PLACE.c.corps, PLACE.c.category, *(cell.c[name] for name in MEASURES),
    ).join(PLACE, PLACE.c.id == cell.c.place_and_module // modules)  # fmt: skip


def select_totals() -> Rows:
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


def select_people_at_places() -> Rows:
    """Count the agents of each place: all, asked, up to date, late."""
    worst = (
        sa.select(
            (sa.func.max(FACT.c.mark) // OF_PLACE).label("place_id"),
            sa.func.max(FACT.c.mark % OF_MODULE).label("standing"),
        )
        .group_by(FACT.c.agent_id)
        .subquery("worst")
    )
    up_to_date, late = worst.c.standing == VALID, worst.c.standing >= LATE
    zeros = (sa.literal(0).label(name) for name in PEOPLE_COUNTS[1:])
    each = sa.union_all(
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
    ).subquery("each")
    return sa.select(each.c.place_id, *add_up(each, PEOPLE_COUNTS)).group_by(each.c.place_id)


def select_own_people() -> Rows:
    """List the people of the units that have none below."""
    keys = (PLACE.c.unit_id, PLACE.c.corps, PLACE.c.category)
    return (
        sa.select(*keys, *(AT_PLACE.c[name] for name in PEOPLE_COUNTS))
        .join(AT_PLACE, AT_PLACE.c.place_id == PLACE.c.id)
        .join(BASE, BASE.c.unit_id == PLACE.c.unit_id)
        .where(sa.or_(BASE.c.base_id.is_(None), BASE.c.base_id != PLACE.c.unit_id))
    )


def select_people_above() -> Rows:
    """Sum the people of the units that have others below, with all of these."""
    keys = (BASE.c.base_id, PLACE.c.corps, PLACE.c.category)
    base = (
        sa.select(*keys, *add_up(AT_PLACE, PEOPLE_COUNTS))
        .select_from(AT_PLACE)
        .join(PLACE, PLACE.c.id == AT_PLACE.c.place_id)
        .join(BASE, BASE.c.unit_id == PLACE.c.unit_id)
        .group_by(*keys)
        .subquery("base")
    )
    above = (ANCESTRY.c.above_id.label("unit_id"), base.c.corps, base.c.category)
    return sum_above(base, above, add_up(base, PEOPLE_COUNTS))


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
