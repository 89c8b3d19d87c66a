"""Reads of names: who has not started, who is late. Every sight of one is journalled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.learning.models import Completion, Enrolment
from app.learning.owing import is_released
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below
from app.statistics.standing import Owing

Rows = sa.Select[*tuple[Any, ...]]
PAGE = 50
FEWEST_UNITS, MOST_UNITS = 10, 160
"""How many units are read at once: a few for a page, more where there is little in them."""


@dataclass(frozen=True, slots=True)
class NamesAsked:
    """Which names are asked for, all in the viewer's scope."""

    paths: tuple[str, ...]
    module_id: int | None = None
    state: str = ""
    """``late``, ``not_started``, or both."""


PERSON = (
    Agent.id, Agent.given_name, Agent.family_name, Agent.matricule,
    OrganisationalUnit.id, OrganisationalUnit.name,
    Enrolment.module_id, Enrolment.due_on, Enrolment.started_at,
)  # fmt: skip
"""The first columns of an `Owing`."""


def is_owed() -> sa.ColumnElement[bool]:
    """Tell the enrolment of an agent that a module is owed by: the latest with a due date."""
    later = aliased(Enrolment)
    return sa.and_(
        Enrolment.agent_id == Agent.id,
        Enrolment.due_on.is_not(None),
        sa.not_(is_released(Enrolment)),
        sa.not_(
            sa.exists().where(
                later.agent_id == Enrolment.agent_id, later.module_id == Enrolment.module_id,
                later.due_on.is_not(None), later.cycle > Enrolment.cycle,
                sa.not_(is_released(later)),
            )
        ),
    )  # fmt: skip


def select_people(today: date, *columns: Any) -> Rows:
    """Select columns of the agents active today, with their unit."""
    return (
        sa.select(*columns)
        .select_from(Agent)
        .join(Assignment, sa.and_(Assignment.agent_id == Agent.id, Assignment.ends_on.is_(None)))
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Agent.deactivated_at.is_(None), Assignment.starts_on <= today)
    )


def select_owing(today: date) -> Rows:
    """Select active agents with each module they owe and its last completion, or none."""
    completion, proof = aliased(Completion), aliased(Completion)
    last = sa.select(sa.func.max(proof.cycle)).where(
        proof.agent_id == Enrolment.agent_id, proof.module_id == Enrolment.module_id
    )
    done = sa.and_(
        completion.agent_id == Enrolment.agent_id,
        completion.module_id == Enrolment.module_id,
        completion.cycle >= Enrolment.cycle,
        completion.cycle == last.correlate(Enrolment).scalar_subquery(),
    )
    return (
        select_people(today, *PERSON, completion.completed_at, completion.valid_until)
        .outerjoin(Enrolment, is_owed())
        .outerjoin(completion, done)
        .order_by(Agent.family_name, Agent.given_name, Agent.id, Enrolment.module_id)
    )


def select_follow_up(asked: NamesAsked, today: date) -> Rows:
    """Select who has not started or is late, wherever they are."""
    late, idle = Enrolment.due_on < today, Enrolment.started_at.is_(None)
    wanted = {"late": late, "not_started": idle}.get(asked.state, sa.or_(late, idle))
    done = sa.exists().where(
        Completion.agent_id == Enrolment.agent_id,
        Completion.module_id == Enrolment.module_id,
        Completion.cycle >= Enrolment.cycle,
    )
    return (
        select_people(today, *PERSON, sa.null(), sa.null())
        .join(Enrolment, is_owed())
        .where(
            wanted,
            Enrolment.module_id == asked.module_id if asked.module_id is not None else sa.true(),
            sa.not_(done),
        )
        .order_by(*ORDER)
    )


ORDER = (
    OrganisationalUnit.path, Agent.family_name, Agent.given_name, Agent.id, Enrolment.module_id,
)  # fmt: skip


def list_follow_up(
    session: Session,
    asked: NamesAsked,
    *,
    today: date,
    after: tuple[int, int] | None = None,
    limit: int = PAGE,
) -> list[Owing]:
    """List names by unit, then by name, from the row after an agent and module."""
    found: list[Owing] = []
    for rows in walk_follow_up(session, asked, today=today, after=after):
        found += rows
        if len(found) >= limit:
            break
    return found[:limit]


def walk_follow_up(
    session: Session, asked: NamesAsked, *, today: date, after: tuple[int, int] | None = None
) -> Iterator[list[Owing]]:
    """Go through the units asked for in the order of the tree, giving the rows of some at a time.

    Whatever the size of the organisation and the page, a few units are read, by their own people:
    there is no list of all to sort.
    """
    place = find_place(session, after[0]) if after else None
    if after is not None and place is None:
        return
    units = list_places(session, asked, since=place[0] if place else "")
    statement = select_follow_up(asked, today)
    start, count = 0, FEWEST_UNITS
    while start < len(units):
        some = statement.where(Assignment.unit_id.in_(units[start : start + count]))
        if after is not None and place is not None and start == 0:
            some = some.where(sa.tuple_(*ORDER) > sa.tuple_(*map(sa.literal, (*place, *after))))
        yield [Owing(*row) for row in session.execute(some)]
        start, count = start + count, min(count * 2, MOST_UNITS)


def find_place(session: Session, agent_id: int) -> tuple[str, str, str] | None:
    """Find where an agent stands in the order of a list: the unit's path and the names."""
    statement = (
        sa.select(OrganisationalUnit.path, Agent.family_name, Agent.given_name)
        .join(Assignment, Assignment.unit_id == OrganisationalUnit.id)
        .join(Agent, Agent.id == Assignment.agent_id)
        .where(Agent.id == agent_id, Assignment.ends_on.is_(None))
    )
    row = session.execute(statement).first()
    return (row[0], row[1], row[2]) if row else None


def list_places(session: Session, asked: NamesAsked, *, since: str) -> list[int]:
    """List the ids of the units asked for, in the order of their paths."""
    unit = OrganisationalUnit
    statement = (
        sa.select(unit.id)
        .where(sa.or_(sa.false(), *(below(path) for path in asked.paths)), unit.path >= since)
        .order_by(unit.path)
    )
    return list(session.scalars(statement))


def list_team(session: Session, *, unit_ids: Sequence[int], today: date) -> list[Owing]:
    """List the agents assigned to these very units, with what each owes."""
    statement = select_owing(today).where(Assignment.unit_id.in_(list(unit_ids)))
    return [Owing(*row) for row in session.execute(statement)]


def map_unit_names(session: Session, *, ids: Sequence[int]) -> dict[int, str]:
    """Map units to their names, by name."""
    unit = OrganisationalUnit
    statement = sa.select(unit.id, unit.name).where(unit.id.in_(list(ids))).order_by(unit.name)
    return {row.id: row.name for row in session.execute(statement)}
