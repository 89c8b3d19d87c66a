"""How the cells of a snapshot are summed from its facts, from the agents' own units upwards."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.database import Model
from app.people.models import OrganisationalUnit
from app.statistics.by_unit import MEASURES
from app.statistics.counting import (
    FACT,
    OF_PLACE,
    OF_STANDING,
    PLACE,
    STANDINGS,
    Rows,
    figures,
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

AT_BASE = temporary(
    "counted_at_base",
    *figures("base_id", "module_id"),
    *(sa.Column(name, sa.Text) for name in ("corps", "category")),
    *figures(*MEASURES),
)
"""The cells summed by the nearest unit that has others below."""


def add_up(table: sa.FromClause, names: tuple[str, ...]) -> list[sa.Label[int]]:
    """Sum columns, as numbers that PostgreSQL sums again without making decimals of them."""
    return [whole(sa.func.sum(table.c[name])).label(name) for name in names]


def whole(number: sa.ColumnElement[int]) -> sa.Cast[int]:
    """Write a count or a sum as a whole number: nothing here is of more than two milliards."""
    return sa.cast(number, sa.Integer)


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
    standing = (FACT.c.mark // OF_STANDING % (OF_PLACE // OF_STANDING)).label("standing")
    place_and_module = FACT.c.mark // OF_PLACE * OF_STANDING + FACT.c.mark % OF_STANDING
    alike = sa.select(
        place_and_module.label("place_and_module"), standing,
        whole(sa.func.count()).label("agents"),
    ).group_by(FACT.c.mark).subquery("alike").c  # fmt: skip
    counts = (
        whole(sa.func.sum(sa.case((alike.standing.in_(STANDINGS[name]), alike.agents), else_=0)))
        .label(name)
        for name in MEASURES[1:]
    )  # fmt: skip
    owed = whole(sa.func.sum(alike.agents)).label("owed")
    cell = (
        sa.select(alike.place_and_module, owed, *counts)
        .group_by(alike.place_and_module)
        .subquery("cell")
    )
    return sa.select(
        PLACE.c.unit_id, (cell.c.place_and_module % OF_STANDING).label("module_id"),
        PLACE.c.corps, PLACE.c.category, *(cell.c[name] for name in MEASURES),
    ).join(PLACE, PLACE.c.id == cell.c.place_and_module // OF_STANDING)  # fmt: skip


def select_at_bases() -> Rows:
    """Select the rows of `AT_BASE`."""
    keys = (BASE.c.base_id, CELL.c.module_id, CELL.c.corps, CELL.c.category)
    joined = sa.select(*keys, *add_up(CELL, MEASURES)).join(BASE, BASE.c.unit_id == CELL.c.unit_id)
    return joined.group_by(*keys)


def select_totals() -> Rows:
    """Sum the cells of the units that have others below, with all of these, for each corps."""
    base = sum_by_base(AT_BASE.c.corps, *add_up(AT_BASE, MEASURES))
    keys = (ANCESTRY.c.above_id.label("unit_id"), base.c.module_id, base.c.corps)
    return sum_above(base, keys, add_up(base, MEASURES))


def select_bands() -> Rows:
    """Sum the cells of the same units for each band of grades."""
    valid = whole(sa.func.sum(AT_BASE.c.completed - AT_BASE.c.expired)).label("up_to_date")
    asked, late = (whole(sa.func.sum(AT_BASE.c[name])) for name in ("owed", "overdue"))
    base = sum_by_base(AT_BASE.c.category, asked.label("asked"), valid, late.label("late"))
    keys = (ANCESTRY.c.above_id.label("unit_id"), base.c.module_id, base.c.category)
    sums = [sa.literal(0).label("population"), *add_up(base, PEOPLE_COUNTS[1:])]
    return sum_above(base, keys, sums)


def sum_by_base(key: sa.ColumnElement[str], *sums: sa.Label[int]) -> sa.Subquery:
    """Sum what stands at the bases by module and by one key more."""
    keys = (AT_BASE.c.base_id, AT_BASE.c.module_id, key)
    return sa.select(*keys, *sums).group_by(*keys).subquery("base")


def sum_above(base: sa.Subquery, keys: tuple[Any, ...], sums: list[sa.Label[int]]) -> Rows:
    """Sum what stands at the bases for them and for each unit above them."""
    joined = sa.select(*keys, *sums).select_from(base)
    return joined.join(ANCESTRY, ANCESTRY.c.unit_id == base.c.base_id).group_by(*keys)


def select_all_corps() -> Rows:
    """Sum the totals of the corps, for all of them together ('')."""
    return sa.select(
        TOTAL.c.unit_id, TOTAL.c.module_id, sa.literal("").label("corps"), *add_up(TOTAL, MEASURES)
    ).group_by(TOTAL.c.unit_id, TOTAL.c.module_id)
