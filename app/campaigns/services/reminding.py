"""Write reminders in the outbox: one a week at most for an agent, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Reminder
from app.campaigns.rules import week_of
from app.journal.services import Action, record
from app.learning.upserts import insert
from app.people.models import Agent, OutgoingMail

REMINDERS_LAST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder in its reader's language."""

    agent_id: int
    subject: str
    body: str


def remind(
    session: Session, *, letters: Iterable[Letter], unit_id: int, actor_id: int, today: date,
    now: datetime,
) -> int:  # fmt: skip
    """Write these letters, but to those who had one this week; journal it, and count them."""
    written = sum(write_one(session, letter, actor_id, today, now) for letter in letters)
    record(session, Action.REMINDERS_ASKED, actor_id=actor_id, object_kind="team",
           object_id=unit_id, letters=written)  # fmt: skip
    return written


def write_one(session: Session, letter: Letter, actor_id: int, today: date, now: datetime) -> bool:
    """Write a letter unless its agent had one this week; tell whether it was written."""
    row = insert(session, Reminder).values(
        agent_id=letter.agent_id, week_on=week_of(today), asked_by_id=actor_id, asked_at=now
    )
    fresh = row.on_conflict_do_nothing(index_elements=["agent_id", "week_on"])
    if session.execute(fresh.returning(Reminder.id)).scalar() is None:
        return False
    email = session.scalar(sa.select(Agent.email).where(Agent.id == letter.agent_id))
    session.add(
        OutgoingMail(agent_id=letter.agent_id, recipient=email or "", subject=letter.subject,
                     body=letter.body, created_at=now)
    )  # fmt: skip
    return True


def forget_reminders(session: Session, *, today: date) -> int:
    """Delete reminders kept long enough, and return how many."""
    gone = session.execute(
        sa.delete(Reminder)
        .where(Reminder.week_on < today - REMINDERS_LAST)
        .returning(sa.literal(1))
    )
    return len(gone.all())
