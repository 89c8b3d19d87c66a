"""Send the mails of the outbox, after the commit that wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.errors import MessageError

import structlog
from flask import Response, current_app

from app.database import utc_now, write
from app.extensions import db
from app.people import outbox
from app.people.mail_states import MailReason, MailState, ends_round
from app.people.messages import Post, make_post, name_failure
from app.people.outbox import Letter

log = structlog.get_logger()

MOST_AWAY = 3
"""After so many mails in a row that reached no server, the others wait for the next round."""
UNWRITABLE = (ValueError, LookupError, MessageError)
"""What the mail library raises on an address or a subject that no mail can carry."""


def send_after(response: Response, mail_id: int) -> Response:
    """Send a mail once the response has left: its time tells nobody that there was one."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def send() -> None:
        with app.app_context():
            send_mail(mail_id)

    response.call_on_close(send)
    return response


def send_mail(mail_id: int) -> bool:
    """Send one mail of the outbox; a failure leaves it there for another try."""
    with open_post() as post:
        return try_to_send(post, mail_id) == MailState.SENT


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of sending came to."""

    sent: int
    failed: int
    """Tries of this round that failed, whether or not another one comes."""
    waiting: int
    """Mails still to be sent, now or later."""


def send_pending() -> Round:
    """Send what is due in the outbox."""
    with open_post() as post:
        ends = Counter(end for end in send_round(post) if end)
    sent = ends.pop(MailState.SENT, 0)
    return Round(sent, ends.total(), outbox.count_open(db.session))


def send_round(post: Post) -> Iterator[str | None]:
    """Try each mail that is due, oldest first, and give what each try came to."""
    after, away = 0, 0
    while mail_ids := outbox.list_due(db.session, now=utc_now(), after=after):
        for mail_id in mail_ids:
            end = try_to_send(post, mail_id)
            yield end
            away = away + 1 if end and end != MailState.SENT and ends_round(MailReason(end)) else 0
            if away >= MOST_AWAY:
                return
        after = mail_ids[-1]


def try_to_send(post: Post, mail_id: int) -> str | None:
    """Try a mail once: tell that it is sent, or why not; None where it was not to be sent."""
    letter = write(outbox.claim, mail_id=mail_id, now=utc_now())
    if letter is None:
        return None
    try:
        post.deliver(letter)
    except (OSError, *UNWRITABLE) as error:  # Of the network, of the server, of the disk.
        return note_failure(letter, error)
    write(outbox.mark_sent, mail_id=mail_id, now=utc_now())
    return MailState.SENT


def note_failure(letter: Letter, error: Exception) -> MailReason:
    """Write why a mail did not leave, in the outbox and in the log."""
    reason, code = name_failure(error)
    log.warning(
        "mail_not_sent", mail_id=letter.mail_id, error=type(error).__name__, reason=reason.value,
        reply_code=code,
    )  # fmt: skip
    write(outbox.mark_failed, mail_id=letter.mail_id, reason=reason, reply_code=code)
    return reason


@contextmanager
def open_post() -> Iterator[Post]:
    """Give what hands mails over, on one connection for all of them."""
    post = make_post()
    try:
        yield post
    finally:
        with suppress(OSError):  # What was sent is sent, whatever the server says of our leaving.
            post.close()
