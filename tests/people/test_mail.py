"""Mails leave after the commit, and wait when the server is away."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people import mail
from app.people.models import OutgoingMail


def put(session: Session, **values: object) -> OutgoingMail:
    row = OutgoingMail(
        **{"recipient": "zoe@example.fr", "subject": "Été", "body": "Bonjour.", "failures": 0}
        | values
    )
    session.add(row)
    session.commit()
    return row


def test_the_file_backend_writes_a_message(
    make_app: Callable[..., Flask], session: Session, tmp_path: Path
) -> None:
    app = make_app(MAIL_FILE_PATH=str(tmp_path / "mail"))
    put(session)
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    assert result.output == "1 sent, 0 still waiting.\n"
    written = next((tmp_path / "mail").iterdir())
    assert written.suffix == ".eml"
    assert b"To: zoe@example.fr" in written.read_bytes()
    again = app.test_cli_runner().invoke(args=["mail", "send"])
    assert again.output == "0 sent, 0 still waiting.\n"


def test_a_mail_that_fails_waits_for_the_next_round(
    make_app: Callable[..., Flask], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(MAIL_BACKEND="smtp")
    row = put(session)
    sent: list[str] = []
    working = False

    def send(message: mail.EmailMessage) -> None:
        if not working:
            raise smtplib.SMTPServerDisconnected
        sent.append(message.to[0])

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    assert result.exit_code == 1
    assert "0 sent, 1 still waiting." in result.output
    session.refresh(row)
    assert (row.sent_at, row.failures) == (None, 1)
    session.commit()
    working = True
    assert app.test_cli_runner().invoke(args=["mail", "send"]).exit_code == 0
    assert sent == ["zoe@example.fr"]


def test_a_mail_that_failed_ten_times_is_left(app: Flask, session: Session) -> None:
    put(session, failures=10)
    assert "0 sent, 0 still" in app.test_cli_runner().invoke(args=["mail", "send"]).output


def test_a_mail_sent_by_another_process_is_not_sent_again(app: Flask, session: Session) -> None:
    row = put(session)
    from app.database import utc_now

    row.sent_at = utc_now()
    session.commit()
    with app.app_context():
        assert not mail.send_mail(row.id)
    assert session.scalars(select(OutgoingMail.failures)).one() == 0
