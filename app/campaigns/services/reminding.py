"""Write reminders in the outbox: one a week at most for an agent, whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import MailChoice, Reminder, TeamDigest
from app.campaigns.rules import week_of
from app.journal.services import Action, record
from app.learning.upserts import insert
from app.people.mail_states import MailKind
from app.people.models import Agent, OutgoingMail

REMINDERS_LAST = timedelta(days=365)
AT_ONCE = 500
"""How many rows a statement inserts."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder in its reader's language."""

    agent_id: int
    subject: str
    body: str
    html: str
    expires_at: datetime
    """When the next one may be written: this one then says nothing more."""
    stop_url: str = ""
    """Empty for one that is not optional."""


def remind(
    session: Session, *, letters: Sequence[Letter], unit_id: int, actor_id: int, today: date,
    now: datetime,
) -> int:  # fmt: skip
    """Write these letters, but to those who had one this week; journal it, and count them."""
    written = write_letters(session, letters=letters, actor_id=actor_id, today=today, now=now)
    record(session, Action.REMINDERS_ASKED, actor_id=actor_id, object_kind="team",
           object_id=unit_id, letters=written)  # fmt: skip
    return written


def write_letters(
    session: Session, *, letters: Sequence[Letter], actor_id: int | None, today: date,
    now: datetime,
) -> int:  # fmt: skip
    """Write letters to those who had none this week, and count them.

    The reminder and its mail are one transaction: either both are there, or neither.
    """
    fresh: set[int] = set()
    letters = still_wanted(session, letters)
    # In the order of ids: two runs at once wait for each other rather than deadlock.
    for some in cut(sorted(letters, key=lambda one: one.agent_id)):
        rows = insert(session, Reminder).values(
            [{"agent_id": one.agent_id, "week_on": week_of(today), "asked_by_id": actor_id,
              "asked_at": now} for one in some]
        )  # fmt: skip
        added = rows.on_conflict_do_nothing(index_elements=["agent_id", "week_on"])
        fresh.update(session.scalars(added.returning(Reminder.agent_id)))
    put_out(session, [one for one in letters if one.agent_id in fresh], MailKind.REMINDER, now)
    return len(fresh)


def still_wanted(session: Session, letters: Sequence[Letter]) -> list[Letter]:
    """Leave out the optional letters of those who stopped them while these were written."""
    stopped: set[int] = set()
    for some in cut([one for one in letters if one.stop_url]):
        ids = [one.agent_id for one in some]
        choices = sa.select(MailChoice.agent_id).where(
            MailChoice.agent_id.in_(ids), MailChoice.weekly_stopped_at.is_not(None)
        )
        stopped.update(session.scalars(choices))
    return [one for one in letters if not one.stop_url or one.agent_id not in stopped]


def put_out(session: Session, letters: Sequence[Letter], kind: MailKind, now: datetime) -> None:
    """Put letters in the outbox, each to the address that its reader has now."""
    for some in cut(letters):
        ids = [one.agent_id for one in some]
        found = session.execute(sa.select(Agent.id, Agent.email).where(Agent.id.in_(ids)))
        addresses = {row.id: row.email for row in found}
        mails = [
            {
                "agent_id": one.agent_id, "kind": kind, "recipient": address,
                "subject": one.subject, "body": one.body, "html": one.html,
                "stop_url": one.stop_url, "created_at": now, "expires_at": one.expires_at,
            }
            for one in some
            if (address := addresses.get(one.agent_id))
        ]  # fmt: skip
        if mails:
            session.execute(sa.insert(OutgoingMail), mails)


def cut(letters: Sequence[Letter]) -> list[Sequence[Letter]]:
    """Cut letters in parts that a statement takes."""
    return [letters[start : start + AT_ONCE] for start in range(0, len(letters), AT_ONCE)]


def note_week(session: Session, *, week_on: date, letters: int) -> None:
    """Write in the journal how many weekly reminders a run wrote."""
    record(session, Action.REMINDERS_WRITTEN, actor_id=None, object_kind="week",
           object_id=week_on, letters=letters)  # fmt: skip


def forget_reminders(session: Session, *, today: date) -> int:
    """Delete reminders kept long enough, and return how many."""
    gone = 0
    for model in (Reminder, TeamDigest):
        old = sa.delete(model).where(model.week_on < today - REMINDERS_LAST)
        gone += len(session.execute(old.returning(sa.literal(1))).all())
    return gone
