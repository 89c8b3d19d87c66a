"""The rows of the mails to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import OutgoingMail

MOST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to hand over."""

    mail_id: int
    recipient: str
    subject: str
    body: str


def list_waiting(session: Session) -> list[int]:
    """List the mails not sent yet, but for those that failed too often."""
    return list(
        session.scalars(
            sa.select(OutgoingMail.id)
            .where(OutgoingMail.sent_at.is_(None), OutgoingMail.failures < MOST_TRIES)
            .order_by(OutgoingMail.id)
        )
    )


def claim(session: Session, *, mail_id: int) -> Letter | None:
    """Take a mail to send it; counted as failed until it is known to be sent."""
    row = session.execute(
        sa.update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.sent_at.is_(None))
        .values(failures=OutgoingMail.failures + 1)
        .returning(OutgoingMail.id, OutgoingMail.recipient, OutgoingMail.subject, OutgoingMail.body)
    ).one_or_none()
    return Letter(*row) if row else None


def mark_sent(session: Session, *, mail_id: int, now: datetime) -> None:
    """Remember that a mail left; its text, which may hold a link that opens, is blanked."""
    session.execute(
        sa.update(OutgoingMail)
        .where(OutgoingMail.id == mail_id)
        .values(sent_at=now, failures=OutgoingMail.failures - 1, body="")
    )
