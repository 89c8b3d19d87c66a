"""What a completion freezes: where the agent stood that day, and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.learning.validity import Validity
from app.learning.windows import Window
from app.people.models import Assignment, OrganisationalUnit
from app.people.queries import list_unit_names

# Campaigns stand above learning, so their table is known here by its name only, as the foreign
# key of an enrolment knows it.
NAMES = (
    "id", "title", "reason", "validity_months", "early_days", "window_from", "window_to",
    "window_years",
)  # fmt: skip
CAMPAIGN = sa.table("campaign", *map(sa.column, NAMES), sa.column("opens_on", sa.Date()))


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


def find_validity(session: Session, *, campaign_id: int | None, default_months: int) -> Validity:
    """Find how long the completions that a campaign asks for hold, or those of one's own choice."""
    asks = CAMPAIGN.c
    row = session.execute(
        sa.select(
            asks.validity_months, asks.early_days, asks.window_from, asks.window_to,
            asks.window_years, asks.opens_on,
        ).where(asks.id == campaign_id)
    ).first()  # fmt: skip
    if row is None:
        return Validity(default_months)
    months, early_days, starts, ends, years, opens_on = row
    window = Window(starts, ends, years, opens_on, early_days) if starts and ends else None
    return Validity(months or default_months, early_days, window)
