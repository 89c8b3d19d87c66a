"""Who a campaign still has to enrol: selects that the preview counts and the act inserts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.campaigns.cycles import is_open, is_proven
from app.campaigns.dates import add_days, later_of
from app.campaigns.rules import Audience, Term
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below

Rows = sa.Select[*tuple[Any, ...]]


def select_audience(audience: Audience, *, today: date, now: datetime) -> Rows:
    """Select the active agents of an audience, and since when each belongs to it."""
    statement = (
        sa.select(
            Agent.id.label("agent_id"),
            later_of(Assignment.starts_on, Agent.arrived_on).label("arrived_on"),
        )
        .join(Assignment, Assignment.agent_id == Agent.id)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(
            sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > now),
            Assignment.starts_on <= today,
            sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > today),
            below(audience.unit_path),
        )
    )
    if audience.corps:
        statement = statement.where(Assignment.corps.in_(sorted(audience.corps)))
    if audience.grades:
        statement = statement.where(Assignment.grade.in_(sorted(audience.grades)))
    return statement


def due_date(
    term: Term, arrived_on: sa.SQLColumnExpression[Any], expired_on: sa.SQLColumnExpression[Any]
) -> sa.ColumnElement[Any]:
    """Write `Term.due_date` in SQL."""
    if term.due_on is not None:
        return sa.literal(term.due_on, sa.Date())
    opening = sa.literal(term.opens_on, sa.Date())
    start = later_of(later_of(arrived_on, opening), sa.func.coalesce(expired_on, opening))
    return add_days(start, sa.literal(term.delay_days, sa.Integer()))


def select_missing(
    audience: Audience, term: Term, slugs: Sequence[str], *, today: date, now: datetime
) -> Rows:
    """Select the enrolments to add: a first cycle, or a new one after an expired proof."""
    people = select_audience(audience, today=today, now=now).subquery("audience")
    both = sa.union_all(
        select_first_cycles(people, term, slugs), select_renewals(people, term, slugs, today)
    ).subquery("missing")
    # The same order in every campaign, so that two of them wait rather than deadlock.
    return sa.select(both).order_by(both.c.agent_id, both.c.module_id)


def select_first_cycles(people: sa.Subquery, term: Term, slugs: Sequence[str]) -> Rows:
    """Select the modules on which an agent was never enrolled."""
    known = aliased(Enrolment)
    never = sa.not_(
        sa.exists().where(known.agent_id == people.c.agent_id, known.module_id == Module.id)
    )
    return (
        sa.select(
            people.c.agent_id,
            Module.id.label("module_id"),
            sa.literal(1).label("cycle"),
            due_date(term, people.c.arrived_on, sa.null()).label("due_on"),
        )
        .join(Module, Module.slug.in_(list(slugs)))
        .where(Module.retired_at.is_(None), never)
    )


def select_renewals(people: sa.Subquery, term: Term, slugs: Sequence[str], today: date) -> Rows:
    """Select the modules whose every cycle is completed, and whose every proof has expired."""
    last, other, later = Completion, aliased(Enrolment), aliased(Enrolment)
    standing = sa.exists().where(
        other.agent_id == last.agent_id,
        other.module_id == last.module_id,
        sa.or_(is_open(other), is_proven(other, today)),
    )
    renewed = sa.exists().where(
        later.agent_id == last.agent_id,
        later.module_id == last.module_id,
        later.cycle > last.cycle,
    )
    return (
        sa.select(
            last.agent_id,
            last.module_id,
            (last.cycle + 1).label("cycle"),
            due_date(term, people.c.arrived_on, last.valid_until).label("due_on"),
        )
        .join(people, people.c.agent_id == last.agent_id)
        .join(Module, Module.id == last.module_id)
        .where(
            Module.slug.in_(list(slugs)),
            Module.retired_at.is_(None),
            last.valid_until < today,
            last.valid_until < term.due_on if term.due_on is not None else sa.true(),
            sa.not_(renewed),
            sa.not_(standing),
        )
    )


def select_undated(
    audience: Audience, term: Term, slugs: Sequence[str], *, today: date, now: datetime
) -> Rows:
    """Select the enrolments of one's own choice that a campaign gives a due date.

    A cycle whose proof is valid comes first: what is done counts as done, it is not asked again.
    """
    people = select_audience(audience, today=today, now=now).subquery("audience")
    own, other, later = aliased(Enrolment), aliased(Enrolment), aliased(Enrolment)
    mine = sa.and_(other.agent_id == own.agent_id, other.module_id == own.module_id)
    after = sa.and_(
        later.agent_id == own.agent_id, later.module_id == own.module_id, later.cycle > own.cycle
    )
    last_proven = sa.and_(
        is_proven(own, today), sa.not_(sa.exists().where(after, is_proven(later, today)))
    )
    last_open = sa.and_(
        is_open(own),
        sa.not_(sa.exists().where(mine, is_proven(other, today))),
        sa.not_(sa.exists().where(after, is_open(later))),
    )
    return (
        sa.select(
            own.id.label("enrolment_id"),
            own.agent_id,
            due_date(term, people.c.arrived_on, sa.null()).label("due_on"),
        )
        .join(people, people.c.agent_id == own.agent_id)
        .join(Module, Module.id == own.module_id)
        .where(
            own.due_on.is_(None),
            Module.slug.in_(list(slugs)),
            Module.retired_at.is_(None),
            sa.or_(last_proven, last_open),
        )
    )
