"""What campaigns do when the directory is loaded, in the load's own transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.campaigns import queries, services
from app.database import utc_now
from app.i18n import PARIS


def enrol_newcomers(session: Session, **_more: Any) -> None:
    """Enrol whom the open campaigns now concern: who arrived, who moved."""
    now = utc_now()
    for campaign_id in queries.list_open_ids(session):
        services.enrol(session, campaign_id, today=now.astimezone(PARIS).date(), now=now)
