"""Which mails an agent wants: acts of their own, signed in or by the link of a mail."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.cycles import is_open
from app.campaigns.models import MailChoice
from app.journal.services import Action, record
from app.learning.models import Enrolment
from app.learning.owing import is_released
from app.people import outbox
from app.people.mail_states import MailKind


def choose(
    session: Session, *, agent_id: int, weekly: bool, teams: bool, now: datetime,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Keep which optional mails an agent wants; those that wait and are declined do not leave.

    ``actor_id`` is None where the link of a mail did it: whoever holds the mail may.
    """
    choice = session.get(MailChoice, agent_id, with_for_update=True)
    if choice is None:
        choice = MailChoice(agent_id=agent_id)
        session.add(choice)
    before = (choice.weekly_stopped_at is None, choice.teams_asked_at is not None)
    if before == (weekly, teams):
        return
    choice.weekly_stopped_at = None if weekly else choice.weekly_stopped_at or now
    choice.teams_asked_at = choice.teams_asked_at or now if teams else None
    if not weekly:
        outbox.withdraw(session, agent_id=agent_id, kind=MailKind.REMINDER, only_optional=True)
    if not teams:
        outbox.withdraw(session, agent_id=agent_id, kind=MailKind.TEAM)
    record(session, Action.MAILS_CHOSEN, actor_id=actor_id, object_kind="agent",
           object_id=agent_id, weekly=weekly, teams=teams)  # fmt: skip


def stop(session: Session, *, agent_id: int, kind: MailKind, now: datetime) -> None:
    """Stop a weekly mail by the link in it; again, it changes nothing."""
    choice = session.get(MailChoice, agent_id)
    weekly = choice is None or choice.weekly_stopped_at is None
    teams = choice is not None and choice.teams_asked_at is not None
    choose(
        session, agent_id=agent_id, weekly=weekly and kind != MailKind.REMINDER,
        teams=teams and kind != MailKind.TEAM, now=now, actor_id=None,
    )  # fmt: skip


def withdraw_reminders(session: Session, *, agent_id: int) -> int:
    """Withdraw the reminders that wait to leave, once nothing is owed any more; count them."""
    owes = sa.select(Enrolment.id).where(
        Enrolment.agent_id == agent_id,
        Enrolment.due_on.is_not(None),
        is_open(Enrolment),
        sa.not_(is_released(Enrolment)),
    )
    if session.execute(owes.limit(1)).first() is not None:
        return 0
    return outbox.withdraw(session, agent_id=agent_id, kind=MailKind.REMINDER)
