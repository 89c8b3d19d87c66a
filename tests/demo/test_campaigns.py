"""What was asked over two years, of whom, and how far they went."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Corps
from app.campaigns.models import Campaign
from app.campaigns.services import Enrolled, enrol
from app.catalogue.models import LearningPath, Module, ModuleVersion
from app.database import utc_now
from app.demo.agenda import FOCUS
from app.learning.models import Attempt, Completion, Enrolment
from app.people.models import Agent


def count(session: Session, model: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_campaigns_have_nobody_left_to_enrol(reading: Session) -> None:
    now = utc_now()
    for campaign in reading.scalars(sa.select(Campaign).where(Campaign.closed_at.is_(None))).all():
        enrolled = enrol(reading, campaign.id, today=now.date(), now=now)
        assert enrolled == Enrolled()
    reading.rollback()


def test_campaigns_are_over_late_and_under_way_in_every_corps(reading: Session) -> None:
    campaigns = reading.scalars(sa.select(Campaign)).all()
    today = utc_now().date()
    for corps in Corps:
        mine = [one for one in campaigns if corps in one.corps]
        assert any(one.path_id and len(one.module_slugs) > 1 for one in mine), corps
        assert any(one.module_slugs == [FOCUS] for one in mine), corps
        assert min(one.opens_on for one in mine) < today - timedelta(days=700)
    assert sum(one.closed_at is not None for one in campaigns) >= 4
    assert any(one.due_on and one.due_on > today for one in campaigns)
    late = reading.scalar(
        sa.select(sa.func.count())
        .select_from(Enrolment)
        .join(Campaign, Campaign.id == Enrolment.campaign_id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Completion.id.is_(None), Enrolment.due_on < today, Campaign.closed_at.is_(None))
    )
    assert late
    assert late > 15


def test_who_arrived_lately_joined_by_the_delay(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Agent.arrived_on, Enrolment.due_on, Campaign.delay_days)
        .join(Enrolment, Enrolment.agent_id == Agent.id)
        .join(Campaign, Campaign.id == Enrolment.campaign_id)
        .where(Campaign.delay_days.is_not(None), Agent.arrived_on > Campaign.opens_on)
    ).all()
    assert len(rows) > 30
    assert all((row.due_on - row.arrived_on).days == row.delay_days for row in rows)


def test_every_module_has_its_learners_and_nobody_learns_what_is_not_for_them(
    reading: Session,
) -> None:
    rows = reading.execute(
        sa.select(Module.slug, Agent.id, Enrolment.corps, ModuleVersion.audience)
        .join(Enrolment, Enrolment.module_id == Module.id)
        .join(Agent, Agent.id == Enrolment.agent_id)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.version_id)
    ).all()
    assert {row.slug for row in rows} == set(reading.scalars(sa.select(Module.slug)))
    assert min(Counter(row.slug for row in rows).values()) > 60
    assert all(row.corps in row.audience for row in rows)


def test_most_take_the_common_ground_first(reading: Session) -> None:
    common = reading.scalars(
        sa.select(LearningPath.module_slugs).where(LearningPath.slug == "tronc-commun")
    ).one()
    first: dict[int, str] = {}
    done = (
        sa.select(Completion.agent_id, Module.slug).join(Module).order_by(Completion.completed_at)
    )
    for agent_id, slug in reading.execute(done):
        first.setdefault(agent_id, slug)
    assert sum(slug in common for slug in first.values()) > 0.9 * len(first)


def test_enrolments_are_own_and_by_campaign_at_every_stage(reading: Session) -> None:
    origins = Counter(reading.scalars(sa.select(Enrolment.origin)))
    assert origins["campaign"] > 2000
    assert origins["own"] > 40
    open_attempts = reading.scalars(sa.select(Attempt.id).where(Attempt.submitted_at.is_(None)))
    assert open_attempts.all()
    failed = reading.scalars(sa.select(Attempt.id).where(Attempt.passed.is_(False))).all()
    assert len(failed) > 20
    assert reading.scalars(sa.select(Enrolment.id).where(Enrolment.started_at.is_(None))).all()
