"""What a snapshot counts, as statements: the database counts, Python does not.

Facts are gathered once into a temporary table, one row for each active agent and module they owe
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

FACT = sa.Table(
    "counted_fact",
    sa.MetaData(),
    *(sa.Column(name, sa.Integer) for name in ("agent_id", "unit_id", "module_id")),
    *(sa.Column(name, sa.Text) for name in ("corps", "category")),
    *(
        sa.Column(name, sa.Integer)
        for name in ("started", "completed", "overdue", "expired", "first_try")
    ),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
"""Measures are 0 or 1; ``module_id`` is null for an agent who owes nothing."""


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


def select_owed(*, as_of: date, until: datetime) -> Rows:
    """Select the cycle of each module that each agent owes: the latest with a due date."""
    # A campaign that came later had not yet given its due date to an own choice.
    return (
        sa.select(
            Enrolment.agent_id, Enrolment.module_id, sa.func.max(Enrolment.cycle).label("cycle")
        )
        .outerjoin(Campaign, Campaign.id == Enrolment.campaign_id)
        .where(
            Enrolment.due_on.is_not(None),
            Enrolment.enrolled_at < until,
            sa.not_(is_released(Enrolment, until=until)),
            sa.or_(Campaign.id.is_(None), Campaign.opens_on <= as_of),
        )
        .group_by(Enrolment.agent_id, Enrolment.module_id)
    )


def select_done(*, until: datetime) -> Rows:
    """Select the latest completion of each module by each agent."""
    return (
        sa.select(
            Completion.agent_id, Completion.module_id, sa.func.max(Completion.cycle).label("cycle")
        )
        .where(Completion.completed_at < until)
        .group_by(Completion.agent_id, Completion.module_id)
    )


def select_facts(*, as_of: date, until: datetime) -> Rows:
    """Select the rows of `FACT`, from what was known at ``until``."""
    people = select_people(as_of=as_of, until=until).subquery("people")
    owed = select_owed(as_of=as_of, until=until).subquery("owed")
    done = select_done(until=until).subquery("done")
    first = aliased(Attempt)
    completed = sa.and_(Completion.id.is_not(None), Completion.cycle >= owed.c.cycle)
    measures = {
        "started": sa.or_(Enrolment.started_at < until, completed),
        "completed": completed,
        "overdue": sa.and_(Enrolment.due_on < as_of, sa.not_(completed)),
        "expired": sa.and_(completed, Completion.valid_until < as_of),
        "first_try": sa.and_(completed, first.number == 1),
    }
    return (
        sa.select(
            people.c.agent_id, people.c.unit_id, owed.c.module_id, people.c.corps,
            people.c.category,
            *(sa.case((test, 1), else_=0).label(name) for name, test in measures.items()),
        )
        .select_from(people)
        .outerjoin(owed, owed.c.agent_id == people.c.agent_id)
        .outerjoin(Enrolment, same(Enrolment, owed))
        .outerjoin(
            done,
            sa.and_(done.c.agent_id == owed.c.agent_id, done.c.module_id == owed.c.module_id),
        )
        .outerjoin(Completion, same(Completion, done))
        .outerjoin(first, first.id == Completion.attempt_id)
    )  # fmt: skip


def same(model: type[Enrolment] | type[Completion], rows: sa.Subquery) -> sa.ColumnElement[bool]:
    """Match a fact by its agent, module and cycle."""
    return sa.and_(
        model.agent_id == rows.c.agent_id,
        model.module_id == rows.c.module_id,
        model.cycle == rows.c.cycle,
    )


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
