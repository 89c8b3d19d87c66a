"""Send the mails of the outbox, after the commit that wrote them."""

from __future__ import annotations

from pathlib import Path

import structlog
from flask import Response, current_app
from flask_mailman import EmailMessage

from app.database import utc_now, write
from app.extensions import db
from app.people import outbox
from app.people.outbox import Letter

log = structlog.get_logger()


def send_after(response: Response, mail_id: int) -> Response:
    """Send a mail once the response has left: its time tells nobody that there was one."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def send() -> None:
        with app.app_context():
            send_mail(mail_id)

    response.call_on_close(send)
    return response


def send_mail(mail_id: int) -> bool:
    """Send one mail of the outbox; a failure leaves it there for the next round."""
    letter = write(outbox.claim, mail_id=mail_id)
    if letter is None:
        return False
    try:
        deliver(letter)
    except OSError as error:  # Of the network, of the server's refusal, or of the disk.
        log.warning("mail_not_sent", mail_id=mail_id, error=type(error).__name__)
        return False
    write(outbox.mark_sent, mail_id=mail_id, now=utc_now())
    return True


def send_pending() -> tuple[int, int]:
    """Send all that waits in the outbox; return how many were sent and how many were not."""
    waiting = outbox.list_waiting(db.session)
    sent = sum(send_mail(mail_id) for mail_id in waiting)
    return sent, len(waiting) - sent


def deliver(letter: Letter) -> None:
    """Hand a mail to the server, or write it in the folder of the file backend."""
    message = EmailMessage(
        letter.subject,
        letter.body,
        current_app.config["MAIL_DEFAULT_SENDER"],
        [letter.recipient],
    )
    if current_app.config["MAIL_BACKEND"] == "file":
        folder = Path(current_app.config["MAIL_FILE_PATH"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{letter.mail_id:08}.eml").write_bytes(message.message().as_bytes())
    else:
        message.send()
