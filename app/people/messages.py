"""Make a mail of a letter, hand it to the server or to a folder, and name what goes wrong."""

from __future__ import annotations

import hashlib
import smtplib
from contextlib import suppress
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from app.extensions import mail as extension
from app.people.mail_states import MailReason, read_reply
from app.people.outbox import Letter


class Post:
    """Hands mails to the server, one after the other on the same connection."""

    def __init__(self) -> None:
        self.connection: Any = None

    def deliver(self, letter: Letter) -> None:
        """Hand a mail over; after a failure the next one gets a connection of its own."""
        message = make_message(letter)
        if self.connection is None:
            self.connection = extension.get_connection()
            self.open()
        try:
            self.connection.send_messages([message])
        except OSError:
            with suppress(OSError):
                self.close()
            raise

    def open(self) -> None:
        """Open the connection; one that does not open is not kept."""
        try:
            self.connection.open()
        except OSError:
            self.connection = None
            raise

    def close(self) -> None:
        """Close the connection."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()


class Folder(Post):
    """Writes mails in a folder, one a file."""

    def deliver(self, letter: Letter) -> None:
        """Write a mail; the same one twice is the same file."""
        folder = Path(current_app.config["MAIL_FILE_PATH"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{letter.mail_id:08}.eml").write_bytes(make_message(letter).message().as_bytes())


def make_post() -> Post:
    """Make what the settings say."""
    return Folder() if current_app.config["MAIL_BACKEND"] == "file" else Post()


def make_message(letter: Letter) -> EmailMultiAlternatives:
    """Write a letter as a mail: text, HTML where there is some, and how to stop such mails."""
    headers = {"Message-ID": name_message(letter), "Auto-Submitted": "auto-generated"}
    if letter.stop_url:
        headers["List-Unsubscribe"] = f"<{letter.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject, letter.body, name_sender(current_app.config["MAIL_DEFAULT_SENDER"]),
        [letter.recipient], headers=headers,
    )  # fmt: skip
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def name_sender(sender: str) -> str:
    """Say who writes, unless the settings do: an address alone is taken for a swindler's."""
    name, address = parseaddr(sender)
    return sender if name or not address else formataddr(("Exemplarité", address))


def name_message(letter: Letter) -> str:
    """Name a mail, the same at each try: a server that gets it twice may tell."""
    named = f"{letter.mail_id} {letter.recipient} {letter.created_at.isoformat()}"
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    return f"<{hashlib.sha256(named.encode()).hexdigest()[:32]}@{host}>"


def name_failure(error: Exception) -> tuple[MailReason, int | None]:
    """Name what went wrong, with the number of the server's reply where there was one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return read_reply(code, of_address=True), code
    if isinstance(error, smtplib.SMTPDataError):
        return read_reply(error.smtp_code, of_address=False), error.smtp_code
    if isinstance(error, smtplib.SMTPResponseException):
        reason = read_reply(error.smtp_code, of_address=False)
        is_later = reason is MailReason.LATER and isinstance(error, smtplib.SMTPSenderRefused)
        return (reason if is_later else MailReason.SENDER_REFUSED), error.smtp_code
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailReason.SENDER_REFUSED, None
    if isinstance(error, OSError):
        return MailReason.SERVER_AWAY, None
    return MailReason.REFUSED, None
