"""What campaigns ask, as the runs that enrol and release read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.audience import Moment
from app.campaigns.enrolling import select_missing, select_undated
from app.campaigns.models import Campaign
from app.campaigns.releasing import Asking, select_departed, select_returned
from app.campaigns.rules import Audience, Recurring, Term
from app.learning.windows import Window
from app.people.models import OrganisationalUnit


@dataclass(frozen=True, slots=True)
class Duty:
    """A campaign as a run applies it."""

    id: int
    audience: Audience
    term: Term
    slugs: tuple[str, ...]
    is_closed: bool


def select_duties() -> sa.Select[*tuple[Any, ...]]:
    """Select campaigns with the path of their unit."""
    unit = OrganisationalUnit
    return sa.select(Campaign, unit.path).join(unit, unit.id == Campaign.unit_id)


def get_duty(session: Session, campaign_id: int) -> Duty:
    """Read what a campaign asks, and of whom."""
    return make_duty(*session.execute(select_duties().where(Campaign.id == campaign_id)).one())


def list_duties(session: Session) -> list[Duty]:
    """List every campaign, closed ones included: they too release those who leave."""
    return [make_duty(*row) for row in session.execute(select_duties().order_by(Campaign.id))]


def list_asking(session: Session) -> list[Asking]:
    """List what the campaigns that are not closed ask."""
    rows = session.execute(select_duties().where(Campaign.closed_at.is_(None)))
    duties = (make_duty(*row) for row in rows)
    return [Asking(duty.id, duty.audience, duty.slugs) for duty in duties]


def make_duty(campaign: Campaign, unit_path: str) -> Duty:
    """Read a campaign's row as values."""
    audience = Audience(
        unit_path, frozenset(campaign.corps), frozenset(campaign.grades),
        frozenset(campaign.categories or ()), frozenset(campaign.roles or ()),
        campaign.arrived_since,
    )  # fmt: skip
    return Duty(
        campaign.id, audience, make_term(campaign), tuple(campaign.module_slugs),
        campaign.closed_at is not None,
    )  # fmt: skip


def make_term(campaign: Any) -> Term:
    """Read by when and how often a campaign asks."""
    window = None
    if campaign.window_from and campaign.window_to:
        window = Window(
            campaign.window_from, campaign.window_to, campaign.window_years, campaign.opens_on,
            campaign.early_days,
        )  # fmt: skip
    return Term(
        campaign.opens_on, campaign.due_on, campaign.delay_days, Recurring(campaign.recurrence),
        campaign.early_days, window,
    )  # fmt: skip


def has_work(session: Session, duty: Duty, others: list[Asking], moment: Moment) -> bool:
    """Tell whether a run would change something for agents of these ids.

    A read: on an organisation that did not change, the run takes no writer's place.
    """
    selects = [select_departed(duty.id, duty.audience, others, moment)]
    if not duty.is_closed and duty.term.asks_on(moment.today):
        terms = (duty.audience, duty.term, duty.slugs, moment)
        selects += [select_missing(*terms), select_undated(*terms), select_returned(*terms)]
    return any(session.execute(one.order_by(None).limit(1)).first() is not None for one in selects)
