"""What a snapshot counts, as statements: the database counts, Python does not.

Facts are gathered once into temporary tables, one row for each active agent and one for each
module that they owe, and everything else is summed from there: totals cannot disagree.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.campaigns.models import Campaign
from app.database import ALL_ROWS
from app.learning.models import Completion, Enrolment
from app.learning.owing import list_released
from app.people.models import Agent, Assignment, OrganisationalUnit

Rows = sa.Select[*tuple[Any, ...]]


def temporary(name: str, *columns: sa.Column[Any], **options: Any) -> sa.Table:
    """Describe a table that lasts as long as its connection, or until it is dropped."""
    return sa.Table(
        name, sa.MetaData(), *columns, prefixes=["TEMPORARY"],
        postgresql_on_commit="PRESERVE ROWS", **options,
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

VALID, EXPIRED, NOT_STARTED, STARTED, LATE, LATE_STARTED = range(6)
"""Where an agent stands on a module that they owe, the best first: one of a list decides for it."""
STANDINGS = {
    "started": (VALID, EXPIRED, STARTED, LATE_STARTED),
    "completed": (VALID, EXPIRED),
    "overdue": (LATE, LATE_STARTED),
    "expired": (EXPIRED,),
}
"""Which of them each measure counts."""
OF_MODULE, OF_PLACE = 2**3, 2**23
"""What stands before what in a mark: the standing takes 3 bits, the module's id the next 20."""

FACT = temporary(
    "counted_fact",
    sa.Column("agent_id", sa.Integer, primary_key=True),
    sa.Column("mark", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
"""What agents owe, in the order of the agents: the place, the module and the standing in a number.

One whole number for all three is what a database sorts, sums by and compares the quickest.
"""


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
    """Select the places where someone is, in the order in which their figures are kept."""
    people = select_people(as_of=as_of, until=until).subquery("people")
    columns = (people.c.unit_id, people.c.corps, people.c.category)
    return sa.select(*columns).distinct().order_by(*columns)


def select_persons(*, as_of: date, until: datetime) -> Rows:
    """Select the rows of `PERSON`, once there are those of `PLACE`."""
    people = select_people(as_of=as_of, until=until).subquery("people")
    same = (people.c[name] == PLACE.c[name] for name in ("unit_id", "corps", "category"))
    return sa.select(people.c.agent_id, PLACE.c.id.label("place_id")).join(PLACE, sa.and_(*same))


def flag(test: sa.ColumnElement[bool], weight: int = 1) -> sa.ColumnElement[int]:
    """Write a test as a number; what is unknown is not so."""
    return sa.case((test, weight), else_=0)


def select_owed(*, as_of: date, until: datetime, one_by_one: bool) -> Rows:
    """Select, of each module owed by each agent, the latest cycle owed.

    It stands in one number with its flags, and the greatest is that of the latest cycle: all is
    read in one pass, in the order of an index on SQLite, without looking each row up again.
    """
    later = sa.select(Campaign.id).where(Campaign.opens_on > as_of)
    number = (
        Enrolment.cycle * 4
        + flag(Enrolment.started_at < until, 2) + flag(Enrolment.due_on < as_of)
    )  # fmt: skip
    owed = (
        sa.select(Enrolment.agent_id, Enrolment.module_id, sa.func.max(number).label("owed"))
        .where(
            Enrolment.due_on.is_not(None),
            Enrolment.enrolled_at < until,
            Enrolment.id.not_in(list_released(until=until)),
            # A campaign that came later had not yet given its due date to an own choice.
            sa.or_(Enrolment.campaign_id.is_(None), Enrolment.campaign_id.not_in(later)),
        )
        .group_by(Enrolment.agent_id, Enrolment.module_id)
    )
    if one_by_one:
        place = sa.func.max(PERSON.c.place_id).label("place_id")
        people = owed.add_columns(place).select_from(PERSON)
        return people.join(Enrolment, Enrolment.agent_id == PERSON.c.agent_id)
    # A temporary table is read by one process; what comes before it, by several.
    every = owed.subquery("every_owed")
    return sa.select(*every.c, PERSON.c.place_id).join(
        PERSON, PERSON.c.agent_id == every.c.agent_id
    )


def select_facts(*, as_of: date, until: datetime, one_by_one: bool) -> Rows:
    """Select the rows of `FACT`, from what was known at ``until``."""
    found = select_latest(as_of=as_of, until=until, one_by_one=one_by_one).subquery("latest")
    owed, done = found.c.owed, found.c.done
    standing = sa.case(
        (done // 2 >= owed // 4, done % 2),  # An unknown completion is none.
        else_=NOT_STARTED + owed // 2 % 2 + owed % 2 * (LATE - NOT_STARTED),
    )
    place = sa.cast(found.c.place_id, sa.BigInteger) * OF_PLACE
    mark = place + found.c.module_id * OF_MODULE + standing
    return sa.select(found.c.agent_id, mark.label("mark"))


def select_latest(*, as_of: date, until: datetime, one_by_one: bool) -> Rows:
    """Select, of each agent and module owed, the latest cycle owed and the latest one done.

    ``owed`` is a cycle × 4, with 2 if it was started and 1 if its date is past; ``done`` is a cycle
    × 2, with 1 if its proof has expired, or null. The latest completions are looked up
    ``one_by_one``, or all gathered and then joined: the first is quicker on SQLite, the second on
    PostgreSQL, by half.
    """
    owed = select_owed(as_of=as_of, until=until, one_by_one=one_by_one).subquery("latest_owed")
    number = Completion.cycle * 2 + flag(Completion.valid_until < as_of)
    same = (Completion.agent_id == owed.c.agent_id, Completion.module_id == owed.c.module_id)
    if one_by_one:
        last = sa.select(number).where(*same, Completion.completed_at < until)
        done = last.order_by(Completion.cycle.desc()).limit(1).scalar_subquery()
        # With a limit, it is looked up once for each row, not each time that it is named.
        return sa.select(*owed.c, done.label("done")).limit(ALL_ROWS)
    every = (
        sa.select(Completion.agent_id, Completion.module_id, sa.func.max(number).label("done"))
        .where(Completion.completed_at < until)
        .group_by(Completion.agent_id, Completion.module_id)
        .subquery("latest_done")
    )
    return sa.select(*owed.c, every.c.done).outerjoin(
        every,
        sa.and_(every.c.agent_id == owed.c.agent_id, every.c.module_id == owed.c.module_id),
    )


def read_marks() -> sa.Subquery:
    """Select the rows of `FACT` with what stands in their marks."""
    mark = FACT.c.mark
    return sa.select(
        FACT.c.agent_id,
        mark,
        (mark // OF_MODULE).label("place_and_module"),
        (mark % OF_MODULE).label("standing"),
    ).subquery("marked")


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
