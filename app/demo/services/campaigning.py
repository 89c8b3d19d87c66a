"""Add the campaigns of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.demo.calendar import at
from app.demo.duties import MODULE, Duty
from app.demo.inserting import insert_with_ids
from app.demo.services.organising import UnitAdded


def add_campaigns(
    session: Session, duties: Sequence[Duty], units: Mapping[str, UnitAdded], *, created_by: int
) -> dict[str, int]:
    """Add a campaign for each duty; return their ids by corps."""
    rows = [
        {
            "title": duty.title,
            "reason": duty.reason,
            "module_slugs": [MODULE],
            "unit_id": units[duty.unit_code].id,
            "corps": [duty.corps],
            "grades": [],
            "opens_on": duty.opens_on,
            "due_on": duty.due_on,
            "delay_days": duty.delay_days,
            "created_by_id": created_by,
            "created_at": at(duty.opens_on - timedelta(days=6), 10, 20),
            "closed_at": at(duty.closed_on, 18) if duty.closed_on else None,
        }
        for duty in duties
    ]
    ids = insert_with_ids(session, Campaign, rows)
    return {duty.corps: id_ for duty, id_ in zip(duties, ids, strict=True)}
