"""What campaigns do when the directory is loaded or a module completed, in that transaction."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns import queries, services
from app.campaigns.nightly import SPAN
from app.campaigns.services.choices import withdraw_reminders
from app.database import utc_now
from app.days import day_of
from app.learning.models import Completion
from app.people.models import Agent


def enrol_newcomers(session: Session, **_more: Any) -> None:
    """Enrol whom the open campaigns now concern: who arrived, who moved.

    A large organisation waits for the run of the night, in batches, rather than hold up others.
    """
    now = utc_now()
    if (session.scalar(sa.select(sa.func.max(Agent.id))) or 0) > SPAN:
        return
    for campaign_id in queries.list_open_ids(session):
        with suppress(services.CampaignClosed):  # Since they were listed.
            services.enrol(session, campaign_id, today=day_of(now), now=now)


def stop_reminding(session: Session, *, completion: Completion, **_more: Any) -> None:
    """Withdraw the reminders that wait, where this completion was the last thing owed."""
    withdraw_reminders(session, agent_id=completion.agent_id)
