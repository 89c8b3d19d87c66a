"""Add the campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.rules import default_recurrence
from app.demo.calendar import at
from app.demo.duties import Duty
from app.demo.inserting import insert_with_ids
from app.demo.services.organising import UnitAdded


def add_campaigns(
    session: Session,
    duties: Sequence[Duty],
    units: Mapping[str, UnitAdded],
    paths: Mapping[str, int],
    *,
    created_by: int,
) -> dict[str, int]:
    """Add a campaign for each duty; return their ids by title."""
    rows = [
        {
            "title": duty.title,
            "reason": duty.reason,
            "path_id": paths.get(duty.path_slug),
            "module_slugs": list(duty.slugs),
            "unit_id": units[duty.unit_code].id,
            "corps": sorted(duty.corps),
            "grades": sorted(duty.grades),
            "opens_on": duty.term.opens_on,
            "due_on": duty.term.due_on,
            "delay_days": duty.term.delay_days,
            "recurrence": default_recurrence(duty.term.delay_days),
            "validity_months": duty.validity_months,
            "created_by_id": created_by,
            "created_at": at(duty.term.opens_on - timedelta(days=6), 10, 20),
            "closed_at": at(duty.term.closed_on, 18) if duty.term.closed_on else None,
        }
        for duty in duties
    ]
    ids = insert_with_ids(session, Campaign, rows)
    return {duty.title: id_ for duty, id_ in zip(duties, ids, strict=True)}
