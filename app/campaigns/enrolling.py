"""Who a campaign still has to enrol: selects that the preview counts and the act inserts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.campaigns.dates import add_days, later_of
from app.campaigns.rules import Audience, Term
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below


def select_audience(
    audience: Audience, *, today: date, now: datetime
) -> sa.Select[*tuple[Any, ...]]:
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


def select_standing(slugs: Sequence[str], *, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Select where every agent stands on these modules: cycles opened, proven, still open."""
    proven = sa.and_(
        Completion.id.is_not(None),
        sa.or_(Completion.valid_until.is_(None), Completion.valid_until >= today),
    )
    return (
        sa.select(
            Enrolment.agent_id,
            Enrolment.module_id,
            sa.func.max(Enrolment.cycle).label("last_cycle"),
            sa.func.max(sa.case((proven, Enrolment.cycle))).label("proven_cycle"),
            sa.func.max(sa.case((Completion.id.is_(None), Enrolment.cycle))).label("open_cycle"),
            sa.func.max(Completion.valid_until).label("expired_on"),
        )
        .join(Module, Module.id == Enrolment.module_id)
        .outerjoin(
            Completion,
            sa.and_(
                Completion.agent_id == Enrolment.agent_id,
                Completion.module_id == Enrolment.module_id,
                Completion.cycle == Enrolment.cycle,
            ),
        )
        .where(Module.slug.in_(list(slugs)), Module.retired_at.is_(None))
        .group_by(Enrolment.agent_id, Enrolment.module_id)
    )


def due_date(
    term: Term, arrived_on: sa.ColumnElement[Any], expired_on: sa.ColumnElement[Any]
) -> sa.ColumnElement[Any]:
    """Write `Term.due_date` in SQL."""
    if term.due_on is not None:
        return sa.literal(term.due_on, sa.Date())
    opening = sa.literal(term.opens_on, sa.Date())
    start = later_of(later_of(arrived_on, opening), sa.func.coalesce(expired_on, opening))
    return add_days(start, sa.literal(term.delay_days, sa.Integer()))


def select_missing(
    audience: Audience, term: Term, slugs: Sequence[str], *, today: date, now: datetime
) -> sa.Select[*tuple[Any, ...]]:
    """Select the enrolments to add: a first cycle, or a new one after an expired proof."""
    people = select_audience(audience, today=today, now=now).subquery("audience")
    standing = select_standing(slugs, today=today).subquery("standing")
    expired = sa.and_(standing.c.proven_cycle.is_(None), standing.c.open_cycle.is_(None))
    if term.due_on is not None:
        expired = sa.and_(expired, standing.c.expired_on < term.due_on)
    return (
        sa.select(
            people.c.agent_id,
            Module.id.label("module_id"),
            (sa.func.coalesce(standing.c.last_cycle, 0) + 1).label("cycle"),
            due_date(term, people.c.arrived_on, standing.c.expired_on).label("due_on"),
        )
        .select_from(people.join(Module, Module.slug.in_(list(slugs))))
        .outerjoin(
            standing,
            sa.and_(
                standing.c.agent_id == people.c.agent_id, standing.c.module_id == Module.id
            ),
        )
        .where(Module.retired_at.is_(None), sa.or_(standing.c.last_cycle.is_(None), expired))
        # The same order in every campaign, so that two of them wait rather than deadlock.
        .order_by(people.c.agent_id, Module.id)
    )  # fmt: skip


def select_undated(
    audience: Audience, term: Term, slugs: Sequence[str], *, today: date, now: datetime
) -> sa.Select[*tuple[Any, ...]]:
    """Select the enrolments of one's own choice that a campaign gives a due date.

    A cycle whose proof is valid comes first: what is done counts as done, it is not asked again.
    """
    people = select_audience(audience, today=today, now=now).subquery("audience")
    standing = select_standing(slugs, today=today).subquery("standing")
    own = aliased(Enrolment)
    return (
        sa.select(
            own.id.label("enrolment_id"),
            own.agent_id,
            due_date(term, people.c.arrived_on, sa.null()).label("due_on"),
        )
        .join(people, people.c.agent_id == own.agent_id)
        .join(
            standing,
            sa.and_(
                standing.c.agent_id == own.agent_id,
                standing.c.module_id == own.module_id,
                sa.func.coalesce(standing.c.proven_cycle, standing.c.open_cycle) == own.cycle,
            ),
        )
        .where(own.due_on.is_(None))
    )
