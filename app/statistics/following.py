"""Lists to follow people up, gone through a few units at a time, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import Agent, Assignment, OrganisationalUnit
from app.statistics.names import Rows
from app.statistics.selecting_names import (
    ORDER,
    NamesAsked,
    in_scope,
    select_follow_up,
    select_names,
)
from app.statistics.standing import Owing

PAGE = 40
FEWEST_UNITS, MOST_UNITS = 10, 320
"""How many units are read at once: a few for a page, more where there is little in them."""


def list_names(
    session: Session,
    asked: NamesAsked,
    *,
    today: date,
    after: tuple[int, int] | None = None,
    limit: int = PAGE,
) -> list[Owing]:
    """List names by unit, then by name, from the row after an agent and module."""
    found: list[Owing] = []
    for rows in walk(session, asked, select_names(asked, today), after=after):
        found += (Owing(*row) for row in rows)
        if len(found) >= limit:
            break
    return found[:limit]


def list_late_ids(session: Session, *, unit_id: int, today: date) -> list[int]:
    """List the agents of a unit itself who are late."""
    late = select_follow_up(NamesAsked(paths=(), state="late"), today, Agent.id).order_by(None)
    return list(session.scalars(late.distinct(), {"unit_ids": [unit_id]}))


def walk(
    session: Session, asked: NamesAsked, statement: Rows, *, after: tuple[int, int] | None = None
) -> Iterator[sa.CursorResult[*tuple[Any, ...]]]:
    """Go through the units asked for in the order of the tree, giving the rows of some at a time.

    They are to be read before anything else is done: what is read holds up the database's upkeep.

    Whatever the size of the organisation and the page, a few units are read, by their own people:
    there is no list of all to sort.
    """
    place = find_place(session, asked, after[0]) if after else None
    if after is not None and place is None:
        return
    since, count = place[0] if place else "", FEWEST_UNITS
    units = list_places(session, asked, OrganisationalUnit.path >= since, limit=count)
    while units:
        some = statement
        if after is not None and place is not None:
            some = some.where(sa.tuple_(*ORDER) > sa.tuple_(*map(sa.literal, (*place, *after))))
            after = None
        ids = [unit_id for unit_id, _path in units]
        yield session.connection().execute(some, {"unit_ids": ids})
        if len(units) < count:
            return
        since, count = units[-1][1], min(count * 2, MOST_UNITS)
        units = list_places(session, asked, OrganisationalUnit.path > since, limit=count)


def find_place(session: Session, asked: NamesAsked, agent_id: int) -> tuple[str, str, str] | None:
    """Find where an agent of a list stands in its order: the unit's path and the names."""
    statement = (
        sa.select(OrganisationalUnit.path, Agent.family_name, Agent.given_name)
        .join(Assignment, Assignment.unit_id == OrganisationalUnit.id)
        .join(Agent, Agent.id == Assignment.agent_id)
        .where(Agent.id == agent_id, Assignment.ends_on.is_(None), in_scope(asked))
    )
    row = session.execute(statement).first()
    return (row[0], row[1], row[2]) if row else None


def list_places(
    session: Session, asked: NamesAsked, from_there: sa.ColumnElement[bool], *, limit: int
) -> list[tuple[int, str]]:
    """List the next units asked for, each with its path, in the order of their paths."""
    unit = OrganisationalUnit
    statement = (
        sa.select(unit.id, unit.path)
        .where(in_scope(asked), from_there)
        .order_by(unit.path)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
