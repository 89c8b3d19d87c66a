"""The rows of the mails to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.people.mail_states import (
    MailKind,
    MailReason,
    MailState,
    is_over,
    may_try,
    wait_after,
)
from app.people.models import Agent, OutgoingMail, RoleAssignment

OPEN = (MailState.WAITING, MailState.FAILED)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to hand over."""

    mail_id: int
    recipient: str
    subject: str
    body: str
    html: str
    stop_url: str
    created_at: datetime


def list_due(session: Session, *, now: datetime, after: int = 0) -> list[int]:
    """List the next mails to try now, by id, from the one after ``after``."""
    return list(
        session.scalars(
            sa.select(OutgoingMail.id)
            .where(OutgoingMail.state.in_(OPEN), OutgoingMail.id > after, is_due(now))
            .order_by(OutgoingMail.id)
            .limit(AT_ONCE)
        )
    )


def count_open(session: Session) -> int:
    """Count the mails that wait or are to be tried again."""
    statement = sa.select(sa.func.count()).where(OutgoingMail.state.in_(OPEN))
    return session.scalar(statement) or 0


def is_due(now: datetime) -> sa.ColumnElement[bool]:
    """Tell whether the time of the next try has come."""
    return sa.or_(OutgoingMail.next_try_at.is_(None), OutgoingMail.next_try_at <= now)


def claim(session: Session, *, mail_id: int, now: datetime) -> Letter | None:
    """Take a mail to send it; nobody else takes it before the time of its next try.

    It counts as failed until it is known to be sent. One that says nothing any more, that nobody
    is to have any more, or whose tries were cut short twice, is given up instead.
    """
    mail = session.scalars(
        sa.select(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.state.in_(OPEN), is_due(now))
        .with_for_update()
    ).one_or_none()
    if mail is None:
        return None
    if mail.expires_at is not None and mail.expires_at <= now:
        give_up(mail, MailReason.EXPIRED)
    elif not may_try(mail.unknown_tries):
        give_up(mail, MailReason.CUT_SHORT_AGAIN)
    elif not readdress(session, mail, now):
        give_up(mail, MailReason.NOTHING_LEFT)
    else:
        mail.state, mail.reason, mail.reply_code = MailState.FAILED, MailReason.CUT_SHORT, None
        mail.failures, mail.unknown_tries = mail.failures + 1, mail.unknown_tries + 1
        mail.next_try_at = now + wait_after(mail.failures)
        return Letter(
            mail.id, mail.recipient, mail.subject, mail.body, mail.html, mail.stop_url,
            mail.created_at,
        )  # fmt: skip
    return None


def readdress(session: Session, mail: OutgoingMail, now: datetime) -> bool:
    """Tell whether its reader is still to have a mail, and put the address they have now on it.

    It may have waited for days: its reader left, leads no unit any more, or moved. A link of a
    password goes to no other address than the one it was written for.
    """
    if mail.agent_id is None:
        return True
    agent = session.get_one(Agent, mail.agent_id)
    if agent.deactivated_at is not None and agent.deactivated_at <= now:
        return False
    if mail.kind == MailKind.PASSWORD:
        return agent.email == mail.recipient
    if mail.kind == MailKind.TEAM and not leads_units(session, agent.id):
        return False
    mail.recipient = agent.email or mail.recipient
    return bool(agent.email)


def leads_units(session: Session, agent_id: int) -> bool:
    """Tell whether an agent holds the role of supervisor."""
    held = sa.exists().where(
        RoleAssignment.agent_id == agent_id,
        RoleAssignment.role == Role.SUPERVISOR,
        RoleAssignment.ended_at.is_(None),
    )
    return bool(session.scalar(sa.select(held)))


def mark_sent(session: Session, *, mail_id: int, now: datetime) -> None:
    """Remember that a mail left; its text, which may hold a link that opens, is blanked."""
    session.execute(
        sa.update(OutgoingMail)
        .where(OutgoingMail.id == mail_id)
        .values(
            state=MailState.SENT, sent_at=now, failures=OutgoingMail.failures - 1, reason="",
            reply_code=None, next_try_at=None, body="", html="", stop_url="",
        )
    )  # fmt: skip


def mark_failed(
    session: Session, *, mail_id: int, reason: MailReason, reply_code: int | None = None
) -> None:
    """Remember why a try failed; a mail is given up where a further one would change nothing."""
    mail = session.get(OutgoingMail, mail_id, with_for_update=True)
    if mail is None or mail.state != MailState.FAILED:
        return  # Withdrawn or erased meanwhile.
    mail.reason, mail.reply_code = reason, reply_code
    mail.unknown_tries -= 1
    if is_over(reason, mail.failures):
        give_up(mail, reason)


def give_up(mail: OutgoingMail, reason: MailReason) -> None:
    """Stop trying; the text stays where the mail may still be tried again by hand."""
    mail.state, mail.reason, mail.next_try_at = MailState.GIVEN_UP, reason, None
    if reason in {MailReason.EXPIRED, MailReason.NOTHING_LEFT}:
        mail.body = mail.html = mail.stop_url = ""


def withdraw(
    session: Session, *, agent_id: int, kind: MailKind, only_optional: bool = False
) -> int:
    """Give up the mails of a kind that wait for an agent and say nothing any more; count them.

    Those given up before keep their reason, and lose the text that another try would send.
    """
    mail = OutgoingMail
    reason = sa.case((mail.state.in_(OPEN), MailReason.NOTHING_LEFT.value), else_=mail.reason)
    gone = session.execute(
        sa.update(mail)
        .where(
            mail.agent_id == agent_id,
            mail.kind == kind,
            sa.or_(mail.state.in_(OPEN), mail.body != ""),
            mail.stop_url != "" if only_optional else sa.true(),
        )
        .values(
            state=MailState.GIVEN_UP, reason=reason, next_try_at=None, body="", html="",
            stop_url="",
        )
        .returning(OutgoingMail.id)
    )  # fmt: skip
    return len(gone.all())
