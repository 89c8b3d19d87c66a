"""What campaigns hold about an agent: absences, reminders, choices of mails."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Absence, MailChoice, Reminder, TeamDigest

CHOSEN = ("weekly_stopped_at", "teams_asked_at")
GIVEN = ("starts_on", "ends_on", "entered_at", "cancelled_at")


def export_for(session: Session, agent_id: int) -> dict[str, Any]:
    """Give the absences and the reminders of an agent, oldest first, and the mails they chose."""
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
        "mails_about_teams": [
            moment.isoformat()
            for moment in session.scalars(
                sa.select(TeamDigest.written_at)
                .where(TeamDigest.agent_id == agent_id)
                .order_by(TeamDigest.id)
            )
        ],
        "mail_choices": [
            {name: value and value.isoformat() for name in CHOSEN for value in [getattr(row, name)]}
            for row in session.scalars(sa.select(MailChoice).where(MailChoice.agent_id == agent_id))
        ],
    }


def erase_for(session: Session, agent_id: int) -> None:
    """Delete what is about the person; the dates that absences moved stay."""
    for model in (Absence, Reminder, TeamDigest, MailChoice):
        session.execute(sa.delete(model).where(model.agent_id == agent_id))
