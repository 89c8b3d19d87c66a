"""Reads about campaigns, each within the subtrees of the viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.enrolling import select_audience, select_missing, select_undated
from app.campaigns.models import Campaign
from app.campaigns.rules import Audience, Term
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """A campaign as its pages show it."""

    id: int
    title: str
    reason: str
    module_slugs: list[str]
    unit_id: int
    unit_name: str
    unit_path: str
    corps: list[str]
    grades: list[str]
    opens_on: date
    due_on: date | None
    delay_days: int | None
    closed_at: datetime | None

    @property
    def audience(self) -> Audience:
        """Say whom it concerns."""
        return Audience(self.unit_path, frozenset(self.corps), frozenset(self.grades))

    @property
    def term(self) -> Term:
        """Say by when."""
        return Term(self.opens_on, self.due_on, self.delay_days)

    def state(self, today: date) -> str:
        """Say where it is: closed, coming or open."""
        if self.closed_at is not None:
            return "closed"
        return "coming" if today < self.opens_on else "open"


def select_campaigns(paths: Sequence[str]) -> sa.Select[*tuple[Any, ...]]:
    """Select the campaigns on units below these paths."""
    return (
        sa.select(
            Campaign.id, Campaign.title, Campaign.reason, Campaign.module_slugs, Campaign.unit_id,
            OrganisationalUnit.name, OrganisationalUnit.path, Campaign.corps, Campaign.grades,
            Campaign.opens_on, Campaign.due_on, Campaign.delay_days, Campaign.closed_at,
        )
        .join(OrganisationalUnit, OrganisationalUnit.id == Campaign.unit_id)
        .where(sa.or_(sa.false(), *(below(path) for path in paths)))
    )  # fmt: skip


def list_campaigns(session: Session, *, paths: Sequence[str]) -> list[CampaignFacts]:
    """List the campaigns in these subtrees, the latest opening first."""
    statement = select_campaigns(paths).order_by(Campaign.opens_on.desc(), Campaign.id.desc())
    return [CampaignFacts(*row) for row in session.execute(statement)]


def find_campaign(
    session: Session, campaign_id: int, *, paths: Sequence[str]
) -> CampaignFacts | None:
    """Find a campaign in these subtrees."""
    row = session.execute(select_campaigns(paths).where(Campaign.id == campaign_id)).one_or_none()
    return CampaignFacts(*row) if row else None


def list_open_ids(session: Session) -> list[int]:
    """List the campaigns that are not closed."""
    statement = sa.select(Campaign.id).where(Campaign.closed_at.is_(None)).order_by(Campaign.id)
    return list(session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a campaign would do today."""

    agents: int
    """Agents of the audience."""
    to_add: int
    """Enrolments that it would add."""
    to_date: int
    """Enrolments of one's own choice that would get a due date."""


def preview(
    session: Session,
    audience: Audience,
    term: Term,
    slugs: Sequence[str],
    *,
    today: date,
    now: datetime,
) -> Preview:
    """Count what enrolling would do, without doing it."""
    statements = (
        select_audience(audience, today=today, now=now),
        select_missing(audience, term, slugs, today=today, now=now).order_by(None),
        select_undated(audience, term, slugs, today=today, now=now),
    )
    counts = [
        sa.select(sa.func.count()).select_from(statement.subquery()).scalar_subquery()
        for statement in statements
    ]
    return Preview(*session.execute(sa.select(*counts)).one())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the agents of a campaign are on one module."""

    slug: str
    owed: int
    started: int
    completed: int
    overdue: int


def list_progress(
    session: Session, campaign_id: int, *, today: date, now: datetime
) -> list[Progress]:
    """Count the active agents whom a campaign enrolled, by module."""
    done = Completion.id.is_not(None)
    late = sa.and_(Completion.id.is_(None), Enrolment.due_on < today)
    statement = (
        sa.select(
            Module.slug,
            sa.func.count(Enrolment.id),
            sa.func.count(sa.case((sa.or_(Enrolment.started_at.is_not(None), done), 1))),
            sa.func.count(Completion.id),
            sa.func.count(sa.case((late, 1))),
        )
        .join(Enrolment, Enrolment.module_id == Module.id)
        .join(Agent, Agent.id == Enrolment.agent_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(
            Enrolment.campaign_id == campaign_id,
            sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > now),
        )
        .group_by(Module.slug)
        .order_by(Module.slug)
    )
    return [Progress(*row) for row in session.execute(statement)]


def list_grades(session: Session, *, paths: Sequence[str]) -> list[str]:
    """List the grades held today in these subtrees."""
    statement = (
        sa.select(Assignment.grade)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.ends_on.is_(None), sa.or_(sa.false(), *(below(p) for p in paths)))
        .distinct()
        .order_by(Assignment.grade)
    )
    return [grade for grade in session.scalars(statement) if grade]
