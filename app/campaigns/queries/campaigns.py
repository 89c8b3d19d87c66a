"""Reads about campaigns, each within the subtrees of the viewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries.duties import make_duty
from app.campaigns.rules import Audience, Term
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment
from app.learning.owing import is_released
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
    audience: Audience
    term: Term
    validity_months: int | None
    closed_at: datetime | None

    @property
    def opens_on(self) -> date:
        """Give the day from which it enrols."""
        return self.term.opens_on

    def state(self, today: date) -> str:
        """Say where it is: closed, coming or open."""
        if self.closed_at is not None:
            return "closed"
        return "coming" if today < self.opens_on else "open"


def select_campaigns(paths: Sequence[str]) -> sa.Select[*tuple[Any, ...]]:
    """Select the campaigns on units below these paths."""
    return (
        sa.select(Campaign, OrganisationalUnit.name, OrganisationalUnit.path)
        .join(OrganisationalUnit, OrganisationalUnit.id == Campaign.unit_id)
        .where(sa.or_(sa.false(), *(below(path) for path in paths)))
    )


def read_facts(campaign: Campaign, unit_name: str, unit_path: str) -> CampaignFacts:
    """Read a row as what the pages show."""
    duty = make_duty(campaign, unit_path)
    return CampaignFacts(
        campaign.id, campaign.title, campaign.reason, list(campaign.module_slugs),
        campaign.unit_id, unit_name, unit_path, duty.audience, duty.term,
        campaign.validity_months, campaign.closed_at,
    )  # fmt: skip


def list_campaigns(session: Session, *, paths: Sequence[str]) -> list[CampaignFacts]:
    """List the campaigns in these subtrees, the latest opening first."""
    statement = select_campaigns(paths).order_by(Campaign.opens_on.desc(), Campaign.id.desc())
    return [read_facts(*row) for row in session.execute(statement)]


def find_campaign(
    session: Session, campaign_id: int, *, paths: Sequence[str]
) -> CampaignFacts | None:
    """Find a campaign in these subtrees."""
    row = session.execute(select_campaigns(paths).where(Campaign.id == campaign_id)).one_or_none()
    return read_facts(*row) if row else None


def list_open_ids(session: Session) -> list[int]:
    """List the campaigns that are not closed."""
    statement = sa.select(Campaign.id).where(Campaign.closed_at.is_(None)).order_by(Campaign.id)
    return list(session.scalars(statement))


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
            sa.not_(is_released(Enrolment)),
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
