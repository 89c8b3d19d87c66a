"""What campaigns hold about an agent: absences and reminders, given to them and erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Absence, Reminder

GIVEN = ("starts_on", "ends_on", "entered_at", "cancelled_at")


def export_for(session: Session, agent_id: int) -> dict[str, Any]:
    """Give the absences and the reminders of an agent, oldest first."""
    rows = session.scalars(
        sa.select(Absence).where(Absence.agent_id == agent_id).order_by(Absence.id)
    )
    return {
        "absences": [
            {name: value and value.isoformat() for name in GIVEN for value in [getattr(row, name)]}
            for row in rows
        ],
        "reminders": [
            moment.isoformat()
            for moment in session.scalars(
                sa.select(Reminder.asked_at)
                .where(Reminder.agent_id == agent_id)
                .order_by(Reminder.id)
            )
        ],
    }


def erase_for(session: Session, agent_id: int) -> None:
    """Delete an agent's absences and reminders; the dates that absences moved stay."""
    for model in (Absence, Reminder):
        session.execute(sa.delete(model).where(model.agent_id == agent_id))
