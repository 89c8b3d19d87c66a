"""What a snapshot counts, as statements: the database counts, Python does not.

Facts are gathered once into temporary tables, one row for each active agent and module they owe
(or one row without a module), and everything else is summed from there: totals cannot disagree.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.campaigns.models import Campaign
from app.learning.models import Attempt, Completion, Enrolment
from app.learning.owing import is_released
from app.people.models import Agent, Assignment, OrganisationalUnit

Rows = sa.Select[*tuple[Any, ...]]


def temporary(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """Describe a table that lasts as long as its connection, or until it is dropped."""
    return sa.Table(
        name, sa.MetaData(), *columns, prefixes=["TEMPORARY"],
        postgresql_on_commit="PRESERVE ROWS",
    )  # fmt: skip


def figures(*names: str) -> list[sa.Column[Any]]:
    """Describe columns of whole numbers."""
    return [sa.Column(name, sa.Integer) for name in names]


PLACE = temporary(
    "counted_place",
    sa.Column("id", sa.Integer, primary_key=True),
    *figures("unit_id"),
    *(sa.Column(name, sa.Text) for name in ("corps", "category")),
)
"""Where people are: own unit, corps and category."""

PERSON = temporary(
    "counted_person", sa.Column("agent_id", sa.Integer, primary_key=True), *figures("place_id")
)
"""The active agents, each in one place."""

FACT = temporary(
    "counted_fact",
    *figures(
        "agent_id", "place_id", "module_id", "done_unit_id", "started", "completed", "overdue",
        "expired", "first_try",
    ),
)  # fmt: skip
"""Measures are 0 or 1; ``module_id`` is null for an agent who owes nothing.

``done_unit_id`` is where the agent was when they completed: no move changes it.
"""
UNITS = 2**31
"""More than any id of a unit: the unit stands below what it is the unit of, in one number."""


def select_people(*, as_of: date, until: datetime) -> Rows:
    """Select the active agents of a day, each in one unit: their latest assignment then."""
    latest = (
        sa.select(Assignment.agent_id, sa.func.max(Assignment.id).label("assignment_id"))
        .where(
            Assignment.starts_on <= as_of,
            sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > as_of),
        )
        .group_by(Assignment.agent_id)
        .subquery()
    )
    return (
        sa.select(
            Agent.id.label("agent_id"), Assignment.unit_id, Assignment.corps, Assignment.category
        )
        .join(latest, latest.c.agent_id == Agent.id)
        .join(Assignment, Assignment.id == latest.c.assignment_id)
        .where(sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > until))
    )


def select_places(*, as_of: date, until: datetime) -> Rows:
    """Select the places where someone is."""
    people = select_people(as_of=as_of, until=until).subquery("people")
    return sa.select(people.c.unit_id, people.c.corps, people.c.category).distinct()


def select_persons(*, as_of: date, until: datetime) -> Rows:
    """Select the rows of `PERSON`, once there are those of `PLACE`."""
    people = select_people(as_of=as_of, until=until).subquery("people")
    same = (people.c[name] == PLACE.c[name] for name in ("unit_id", "corps", "category"))
    return sa.select(people.c.agent_id, PLACE.c.id.label("place_id")).join(PLACE, sa.and_(*same))


def flag(test: sa.ColumnElement[bool], weight: int = 1) -> sa.ColumnElement[int]:
    """Write a test as a number; what is unknown is not so."""
    return sa.case((test, weight), else_=0)


def select_last(*, as_of: date, until: datetime) -> sa.Subquery:
    """Select, of each module owed by each agent, the latest cycle owed and the latest done.

    Each stands in one number, cycle × 4 and two flags: the greatest is that of the latest cycle,
    so that all is read in one pass, without looking each row up again.
    """
    later = sa.select(Campaign.id).where(Campaign.opens_on > as_of)
    first = aliased(Attempt)
    owed = (
        Enrolment.cycle * 4
        + flag(Enrolment.started_at < until, 2) + flag(Enrolment.due_on < as_of)
    )  # fmt: skip
    cycle = sa.cast(Completion.cycle, sa.BigInteger)
    done = cycle * 4 + flag(Completion.valid_until < as_of, 2) + flag(first.number == 1)
    return (
        sa.select(
            PERSON.c.agent_id, sa.func.max(PERSON.c.place_id).label("place_id"),
            Enrolment.module_id, sa.func.max(owed).label("owed"),
            sa.func.max(done * UNITS + Completion.unit_id).label("done"),
        )
        .select_from(PERSON)
        .outerjoin(
            Enrolment,
            sa.and_(
                Enrolment.agent_id == PERSON.c.agent_id,
                Enrolment.due_on.is_not(None),
                Enrolment.enrolled_at < until,
                sa.not_(is_released(Enrolment, until=until)),
                # A campaign that came later had not yet given its due date to an own choice.
                sa.or_(Enrolment.campaign_id.is_(None), Enrolment.campaign_id.not_in(later)),
            ),
        )
        .outerjoin(
            Completion,
            sa.and_(
                Completion.agent_id == Enrolment.agent_id,
                Completion.module_id == Enrolment.module_id,
                Completion.completed_at < until,
            ),
        )
        .outerjoin(first, first.id == Completion.attempt_id)
        .group_by(PERSON.c.agent_id, Enrolment.module_id)
        .subquery("last")
    )  # fmt: skip


def select_facts(*, as_of: date, until: datetime) -> Rows:
    """Select the rows of `FACT`, from what was known at ``until``."""
    last = select_last(as_of=as_of, until=until)
    owed, done = last.c.owed, last.c.done // UNITS
    completed = done // 4 >= owed // 4
    measures = {
        "started": sa.or_(owed // 2 % 2 == 1, completed),
        "completed": completed,
        "overdue": sa.and_(owed % 2 == 1, sa.or_(done.is_(None), sa.not_(completed))),
        "expired": sa.and_(completed, done // 2 % 2 == 1),
        "first_try": sa.and_(completed, done % 2 == 1),
    }
    return sa.select(
        last.c.agent_id, last.c.place_id, last.c.module_id,
        (last.c.done % UNITS).label("done_unit_id"),
        *(flag(test).label(name) for name, test in measures.items()),
    )  # fmt: skip


def select_ancestry() -> sa.CTE:
    """Pair every unit with itself and with each unit above it."""
    unit = OrganisationalUnit
    pairs = sa.select(unit.id.label("unit_id"), unit.id.label("above_id")).cte(
        "ancestry", recursive=True
    )
    above = aliased(OrganisationalUnit)
    return pairs.union_all(
        sa.select(pairs.c.unit_id, above.parent_id)
        .join(above, above.id == pairs.c.above_id)
        .where(above.parent_id.is_not(None))
    )
