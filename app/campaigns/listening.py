"""What campaigns do when the directory is loaded, in the load's own transaction."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns import queries, services
from app.campaigns.nightly import SPAN
from app.database import utc_now
from app.i18n import PARIS
from app.people.models import Agent


def enrol_newcomers(session: Session, **_more: Any) -> None:
    """Enrol whom the open campaigns now concern: who arrived, who moved.

    A large organisation waits for the run of the night, in batches, rather than hold up others.
    """
    now = utc_now()
    if (session.scalar(sa.select(sa.func.max(Agent.id))) or 0) > SPAN:
        return
    for campaign_id in queries.list_open_ids(session):
        services.enrol(session, campaign_id, today=now.astimezone(PARIS).date(), now=now)
