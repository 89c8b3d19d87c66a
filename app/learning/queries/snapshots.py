"""What a completion freezes: where the agent stood that day, and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import Assignment, OrganisationalUnit
from app.people.queries import list_unit_names

# Campaigns stand above learning, so their table is known here by its name only, as the foreign
# key of an enrolment knows it.
CAMPAIGN = sa.table("campaign", *map(sa.column, ("id", "title", "reason", "validity_months")))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An agent's unit, corps, grade and category on one day."""

    unit_id: int
    unit_path: str
    corps: str
    grade: str
    category: str
    unit_names: tuple[str, ...]
    """From the root."""


def find_snapshot(session: Session, *, agent_id: int, day: date) -> Snapshot:
    """Find where an agent is assigned on a day, or was assigned last before it."""
    row = session.execute(
        sa.select(
            OrganisationalUnit.id, OrganisationalUnit.path, Assignment.corps, Assignment.grade,
            Assignment.category,
        )
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == agent_id)
        .order_by((Assignment.starts_on <= day).desc(), Assignment.starts_on.desc())
        .limit(1)
    ).one()  # fmt: skip
    return Snapshot(*row, tuple(list_unit_names(session, unit_id=row.id)))


def find_months(session: Session, *, campaign_id: int | None) -> int | None:
    """Find for how many months a campaign says that its completions hold."""
    if campaign_id is None:
        return None
    return session.scalar(sa.select(CAMPAIGN.c.validity_months).where(CAMPAIGN.c.id == campaign_id))
