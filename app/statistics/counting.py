"""What a snapshot counts, as statements: the database counts, Python does not.

Facts are gathered once into temporary tables, one row for each active agent and one for each
module that they owe, and everything else is summed from there: totals cannot disagree.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

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


POST = temporary(
    "counted_post",
    sa.Column("agent_id", sa.Integer, primary_key=True),
    *figures("unit_id"),
    *(sa.Column(name, sa.Text) for name in ("corps", "category")),
)
"""The active agents, each with own unit, corps and category."""

PLACE = temporary(
    "counted_place",
    sa.Column("id", sa.Integer, primary_key=True),
    *figures("unit_id", "population"),
    *(sa.Column(name, sa.Text) for name in ("corps", "category")),
)
"""Where people are, and how many: own unit, corps and category."""

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
OF_STANDING, OF_PLACE = 2**20, 2**23
"""What stands before what in a mark: the module's id takes 20 bits, the standing the next 3."""

FACT = temporary(
    "counted_fact",
    sa.Column("agent_id", sa.Integer, primary_key=True),
    sa.Column("mark", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
"""What agents owe, in the order of the agents: the place, the standing and the module in a number.

One whole number for all three is what a database sorts, sums by and compares the quickest; the
greatest of an agent has where they are and what decides for them.
"""


def select_posts(*, as_of: date, until: datetime, one_by_one: bool) -> Rows:
    """Select the rows of `POST`: the agents active on a day, by their latest assignment then."""
    that_day = (
        Assignment.starts_on <= as_of,
        sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > as_of),
    )
    columns = (Assignment.unit_id, Assignment.corps, Assignment.category)
    agents = sa.select(Agent.id.label("agent_id")).where(
        sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > until)
    )
    if one_by_one:
        latest = sa.select(sa.func.max(Assignment.id).label("id"), Assignment.agent_id)
        found = latest.where(*that_day).group_by(Assignment.agent_id).subquery()
        return (
            agents.add_columns(*columns)
            .join(found, found.c.agent_id == Agent.id)
            .join(Assignment, Assignment.id == found.c.id)
        )
    rows = sa.select(Assignment.agent_id, *columns).where(*that_day)
    rows = rows.order_by(Assignment.agent_id, Assignment.id.desc())
    post = rows.ext(distinct_on(Assignment.agent_id)).subquery().c
    return agents.add_columns(post.unit_id, post.corps, post.category).join(
        post.agent_id.table, post.agent_id == Agent.id
    )


def select_places() -> Rows:
    """Select the places where someone is, in the order in which their figures are kept."""
    columns = (POST.c.unit_id, POST.c.corps, POST.c.category)
    population = sa.func.count().label("population")
    return sa.select(*columns, population).group_by(*columns).order_by(*columns)


def select_persons() -> Rows:
    """Select the rows of `PERSON`, once there are those of `PLACE`."""
    same = (POST.c[name] == PLACE.c[name] for name in ("unit_id", "corps", "category"))
    return sa.select(POST.c.agent_id, PLACE.c.id.label("place_id")).join(PLACE, sa.and_(*same))


def flag(test: sa.ColumnElement[bool], weight: int = 1) -> sa.ColumnElement[int]:
    """Write a test as a number; what is unknown is not so."""
    return sa.case((test, weight), else_=0)


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
