"""What administrators do about a mail that did not leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.mail_states import MailState
from app.people.models import OutgoingMail


class NoSuchMailError(Exception):
    """There is no such mail."""


class NotToTryAgainError(Exception):
    """The mail left, waits or is being sent, or says nothing any more."""


def try_again(session: Session, *, mail_id: int, actor_id: int, now: datetime) -> None:
    """Put a mail that failed back among those to send, where it is looked at as any other."""
    mail = session.get(OutgoingMail, mail_id, with_for_update=True)
    if mail is None:
        raise NoSuchMailError
    is_over = mail.expires_at is not None and mail.expires_at <= now
    has_failed = mail.state == MailState.GIVEN_UP or (
        mail.state == MailState.FAILED and mail.unknown_tries == 0
    )
    if not has_failed or not mail.body or is_over:
        raise NotToTryAgainError
    mail.state, mail.reason = MailState.WAITING, ""
    mail.failures = mail.unknown_tries = 0
    mail.reply_code = mail.next_try_at = None
    record(session, Action.MAIL_TRIED_AGAIN, actor_id=actor_id, object_kind="mail",
           object_id=mail_id)  # fmt: skip
