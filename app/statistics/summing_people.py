"""How the people of a snapshot are counted, place by place, then summed to every unit above."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access import Corps
from app.people.models import OrganisationalUnit
from app.statistics.counting import (
    FACT,
    LATE,
    OF_PLACE,
    OF_STANDING,
    PLACE,
    VALID,
    Rows,
    figures,
    flag,
    temporary,
)
from app.statistics.summing import ANCESTRY, BASE, PEOPLE_COUNTS, add_up, sum_above

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


def select_people_at_places() -> Rows:
    """Count the agents of each place: all, asked, up to date, late."""
    greatest = sa.func.max(FACT.c.mark)
    worst = (
        sa.select(
            (greatest // OF_PLACE).label("place_id"),
            (greatest // OF_STANDING % (OF_PLACE // OF_STANDING)).label("standing"),
        )
        .group_by(FACT.c.agent_id)
        .subquery("worst")
    )
    up_to_date, late = flag(worst.c.standing == VALID), flag(worst.c.standing >= LATE)
    zeros = (sa.literal(0).label(name) for name in PEOPLE_COUNTS[1:])
    sums = (sa.func.count(), sa.func.sum(up_to_date), sa.func.sum(late))
    # Joined to the places, SQLite would go through them all for each of them.
    each = sa.union_all(
        sa.select(PLACE.c.id.label("place_id"), PLACE.c.population, *zeros),
        sa.select(worst.c.place_id, sa.literal(0), *sums).group_by(worst.c.place_id),
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
