"""Mails leave after the commit, are tried again when that may help, and arrive twice at most."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import utc_now
from app.people import mail, outbox
from app.people.mail_states import (
    MOST_TRIES,
    MailReason,
    MailState,
    is_over,
    may_try,
    wait_after,
)
from app.people.messages import name_failure
from app.people.models import OutgoingMail
from tests.post_office import PostOffice, post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def smtp(make_app: Callable[..., Flask], office: PostOffice) -> Flask:
    return make_app(
        MAIL_BACKEND="smtp", MAIL_SERVER="127.0.0.1", MAIL_PORT=office.port, MAIL_TIMEOUT=5
    )


def put(session: Session, **values: object) -> OutgoingMail:
    row = OutgoingMail(
        **{"recipient": "zoe@example.fr", "subject": "Été", "body": "Bonjour.", "failures": 0}
        | values
    )
    session.add(row)
    session.commit()
    return row


def send(app: Flask, session: Session) -> str:
    """Send a round by the command, then look at the rows anew."""
    said = app.test_cli_runner().invoke(args=["mail", "send"]).output
    session.rollback()
    session.expire_all()
    return said


def make_due(session: Session, row: OutgoingMail) -> None:
    """Bring the time of the next try."""
    session.rollback()
    session.refresh(row)
    row.next_try_at = utc_now() - timedelta(seconds=1)
    session.commit()


def test_the_file_backend_writes_a_message(
    make_app: Callable[..., Flask], session: Session, tmp_path: Path
) -> None:
    app = make_app(MAIL_FILE_PATH=str(tmp_path / "mail"))
    put(session)
    assert send(app, session) == "1 sent, 0 still waiting.\n"
    written = next((tmp_path / "mail").iterdir())
    assert written.suffix == ".eml"
    assert b"To: zoe@example.fr" in written.read_bytes()
    assert send(app, session) == "0 sent, 0 still waiting.\n"


def test_mails_leave_on_one_connection_whole_and_their_text_is_blanked(
    smtp: Flask, session: Session, office: PostOffice
) -> None:
    stop = "https://exemplarite.example/rappels/arret/MTIz." + "x" * 43
    row = put(session, html="<p>Été</p>", stop_url=stop)
    put(session, recipient="al@example.fr")
    assert send(smtp, session) == "2 sent, 0 still waiting.\n"
    assert office.connections == 1
    assert [to for to, _raw in office.received] == ["zoe@example.fr", "al@example.fr"]
    both, plain = office.messages
    assert both.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in both.iter_parts()] == ["text/plain", "text/html"]
    assert both["List-Unsubscribe"].strip() == f"<{stop}>"
    assert f"<{stop}>\r\n".encode() in office.received[0][1]  # The address is in one piece.
    assert both["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert both["Auto-Submitted"] == "auto-generated"
    assert plain.get_content_type() == "text/plain"
    assert plain["List-Unsubscribe"] is None
    assert plain["Subject"] == "Été"
    assert (row.state, row.body, row.html, row.stop_url) == (MailState.SENT, "", "", "")
    assert row.sent_at is not None


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        ("ethique@example.fr", "Exemplarité <ethique@example.fr>"),
        ("Éthique du Valdoré <ethique@example.fr>", "Éthique du Valdoré <ethique@example.fr>"),
    ],
)
def test_a_mail_says_who_writes(
    smtp: Flask, session: Session, office: PostOffice, sender: str, shown: str
) -> None:
    smtp.config["MAIL_DEFAULT_SENDER"] = sender
    put(session)
    assert send(smtp, session) == "1 sent, 0 still waiting.\n"
    assert office.messages[0]["From"] == shown


def test_a_refused_address_is_given_up_at_once_and_the_others_leave(
    smtp: Flask, session: Session, office: PostOffice
) -> None:
    office.of_address["zoe@example.fr"] = "550 no such mailbox"
    row, other = put(session), put(session, recipient="al@example.fr")
    assert "1 sent, 0 still waiting." in send(smtp, session)
    assert (row.state, row.reason, row.reply_code) == ("given_up", "refused_address", 550)
    assert row.body  # It may be tried again by hand, once the address is right.
    assert other.state == MailState.SENT


@pytest.mark.parametrize("where", ["of_address", "to_data"])
def test_a_temporary_failure_waits_twice_as_long_each_time_then_the_mail_leaves(
    smtp: Flask, session: Session, office: PostOffice, where: str
) -> None:
    row = put(session)
    if where == "of_address":
        office.of_address["zoe@example.fr"] = "451 come back later"
    else:
        office.to_data = "452 no room"
    waits = []
    for _ in range(2):
        before = utc_now()
        assert "0 sent, 1 still waiting." in send(smtp, session)
        assert (row.state, row.reason) == ("failed", "later")
        assert row.next_try_at is not None
        waits.append(row.next_try_at - before)
        assert send(smtp, session) == "0 sent, 1 still waiting.\n"  # Not before its time.
        make_due(session, row)
    assert timedelta(minutes=4) < waits[0] < timedelta(minutes=6) < waits[1]
    office.of_address, office.to_data = {}, ""
    assert send(smtp, session) == "1 sent, 0 still waiting.\n"
    assert (row.state, row.failures, row.reason, row.next_try_at) == ("sent", 2, "", None)


def test_while_the_server_is_away_nothing_is_given_up_and_the_round_ends_early(
    make_app: Callable[..., Flask], session: Session
) -> None:
    with post_office() as gone:
        pass
    app = make_app(MAIL_BACKEND="smtp", MAIL_SERVER="127.0.0.1", MAIL_PORT=gone.port)
    rows = [put(session) for _ in range(5)]
    assert "0 sent, 5 still waiting." in send(app, session)
    assert [row.state for row in rows] == ["failed"] * 3 + ["waiting"] * 2
    assert {row.reason for row in rows[:3]} == {"server_away"}


def test_a_server_that_refuses_our_sender_costs_no_mail(
    smtp: Flask, session: Session, office: PostOffice
) -> None:
    office.to_sender = "553 we do not know you"
    row = put(session)
    assert "0 sent, 1 still waiting." in send(smtp, session)
    assert (row.state, row.reason, row.reply_code) == ("failed", "sender_refused", 553)


@pytest.mark.parametrize("values", [{"subject": "Un\nBcc: x@y.fr"}, {"recipient": "a\nb@c.fr"}])
def test_what_cannot_be_written_as_a_mail_is_given_up_and_stops_nobody(
    smtp: Flask, session: Session, office: PostOffice, values: dict[str, str]
) -> None:
    row = put(session, **values)
    put(session, recipient="al@example.fr")
    assert "1 sent, 0 still waiting." in send(smtp, session)
    assert (row.state, row.reason) == ("given_up", "refused")
    assert [to for to, _raw in office.received] == ["al@example.fr"]


def test_a_killed_process_doubles_a_mail_once_at_most(
    smtp: Flask, session: Session, office: PostOffice
) -> None:
    row = put(session)
    for number in range(5):
        office.of_address = {row.recipient: "451 later"} if number == 1 else {}
        send_and_die(smtp)
        make_due(session, row)
    assert len(office.received) == 2
    assert len({message["Message-ID"] for message in office.messages}) == 1
    assert (row.state, row.reason) == ("given_up", "cut_short_again")


def send_and_die(app: Flask) -> None:
    """Send a round in a process that dies between the server's word and ours."""
    child = os.fork()
    if child == 0:
        outbox.mark_sent = lambda *args, **kwargs: os._exit(0)  # type: ignore[assignment]
        with app.app_context():
            mail.send_pending()
        os._exit(0)
    os.waitpid(child, 0)


def test_a_mail_is_taken_by_one_process_only(app: Flask, session: Session) -> None:
    row = put(session)
    now = utc_now()
    assert outbox.claim(session, mail_id=row.id, now=now)
    assert outbox.claim(session, mail_id=row.id, now=now) is None


def test_a_server_that_hangs_up_after_the_mail_is_asked_again(
    smtp: Flask, session: Session, office: PostOffice
) -> None:
    office.drops = 1
    row = put(session)
    assert "0 sent, 1 still waiting." in send(smtp, session)
    assert (row.state, row.reason) == ("failed", "server_away")
    make_due(session, row)
    assert send(smtp, session) == "1 sent, 0 still waiting.\n"


def test_a_mail_that_says_nothing_any_more_is_not_sent(
    smtp: Flask, session: Session, office: PostOffice
) -> None:
    row = put(session, expires_at=utc_now() - timedelta(seconds=1))
    assert send(smtp, session) == "0 sent, 0 still waiting.\n"
    assert (row.state, row.reason, row.body) == ("given_up", "expired", "")
    assert not office.received


def test_a_mail_that_failed_ten_times_is_given_up(app: Flask, session: Session) -> None:
    row = put(session, state=MailState.FAILED, failures=MOST_TRIES, unknown_tries=1)
    outbox.mark_failed(session, mail_id=row.id, reason=MailReason.LATER, reply_code=451)
    assert (row.state, row.next_try_at) == ("given_up", None)
    session.commit()
    assert "0 sent, 0 still" in send(app, session)


def test_a_mail_sent_by_another_process_is_not_sent_again(app: Flask, session: Session) -> None:
    row = put(session, state=MailState.SENT, sent_at=utc_now())
    with app.app_context():
        assert not mail.send_mail(row.id)
    assert session.scalars(select(OutgoingMail.failures)).one() == 0


def test_one_mail_alone_is_sent_or_waits(smtp: Flask, session: Session, office: PostOffice) -> None:
    with smtp.app_context():
        assert mail.send_mail(put(session).id)
        office.to_data = "451 later"
        assert not mail.send_mail(put(session).id)


def test_waits_double_up_to_half_a_day() -> None:
    waits = [wait_after(failures) for failures in range(1, 12)]
    assert waits[:3] == [timedelta(minutes=minutes) for minutes in (5, 10, 20)]
    assert waits[-1] == timedelta(hours=12) == wait_after(10**6)
    assert waits == sorted(waits)


@pytest.mark.parametrize("reason", MailReason)
def test_a_refusal_of_the_mail_ends_its_tries_and_an_absent_server_never_does(
    reason: MailReason,
) -> None:
    assert is_over(reason, 1) == (reason in {MailReason.REFUSED, MailReason.REFUSED_ADDRESS})
    assert is_over(reason, MOST_TRIES) == (
        reason not in {MailReason.SERVER_AWAY, MailReason.SENDER_REFUSED}
    )


@pytest.mark.parametrize(("unknown", "may"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_try_may_begin_beside_one_of_unknown_end_and_no_more(unknown: int, may: bool) -> None:
    assert may_try(unknown) is may


@pytest.mark.parametrize(
    ("error", "reason", "code"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), MailReason.REFUSED_ADDRESS, 550),
        (smtplib.SMTPRecipientsRefused({"a": (452, b"")}), MailReason.LATER, 452),
        (smtplib.SMTPDataError(554, b""), MailReason.REFUSED, 554),
        (smtplib.SMTPDataError(451, b""), MailReason.LATER, 451),
        (smtplib.SMTPSenderRefused(553, b"", "x"), MailReason.SENDER_REFUSED, 553),
        (smtplib.SMTPSenderRefused(451, b"", "x"), MailReason.LATER, 451),
        (smtplib.SMTPAuthenticationError(535, b""), MailReason.SENDER_REFUSED, 535),
        (smtplib.SMTPAuthenticationError(454, b""), MailReason.SENDER_REFUSED, 454),
        (smtplib.SMTPConnectError(421, b""), MailReason.SENDER_REFUSED, 421),
        (smtplib.SMTPNotSupportedError(), MailReason.SENDER_REFUSED, None),
        (smtplib.SMTPServerDisconnected(), MailReason.SERVER_AWAY, None),
        (ConnectionRefusedError(), MailReason.SERVER_AWAY, None),
        (TimeoutError(), MailReason.SERVER_AWAY, None),
        (UnicodeError(), MailReason.REFUSED, None),
    ],
)
def test_each_failure_has_its_name(error: Exception, reason: MailReason, code: int | None) -> None:
    assert name_failure(error) == (reason, code)
