"""What was kept long enough is forgotten; the journal's entries stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.journal.models import JournalDetail, JournalEntry
from app.people import forgetting
from app.people.models import (
    OutgoingMail,
    PasswordReset,
    Setting,
    SignInCounter,
    SignInSession,
)
from app.people.services import retention
from app.people.settings import NumberKey
from tests.factories import Factories


def test_old_rows_go_and_recent_ones_stay(
    app: Flask, session: Session, factories: Factories
) -> None:
    agent, now = factories.agent(), utc_now()
    for name, age in (("old", timedelta(days=100)), ("recent", timedelta(hours=1))):
        then = now - age
        entry = JournalEntry(actor_id=None, action="signed_in", at=then)
        session.add_all([
            SignInSession(token_hash=name, agent_id=agent.id, created_at=then, last_seen_at=then),
            PasswordReset(token_hash=name, agent_id=agent.id, expires_at=now + timedelta(1) - age),
            OutgoingMail(recipient=name, subject="", body="", created_at=then),
            SignInCounter(key=name, failures=1, last_failure_at=then),
            entry,
        ])  # fmt: skip
        session.flush()
        session.add(JournalDetail(entry_id=entry.id, salt="", address=name, text=""))
    session.add(Setting(key=NumberKey.JOURNAL_DETAIL_RETENTION_DAYS, value="30"))
    session.commit()
    result = app.test_cli_runner().invoke(args=["people", "forget-old"])
    assert result.output == (
        "Forgotten: 1 sessions, 1 links, 1 mails, 1 counters, 1 details of the journal, "
        "0 directory files.\n"
    )
    kept = (SignInSession.token_hash, PasswordReset.token_hash, OutgoingMail.recipient,
            SignInCounter.key, JournalDetail.address)  # fmt: skip
    assert [session.scalars(select(column)).all() for column in kept] == [["recent"]] * 5
    assert len(session.scalars(select(JournalEntry)).all()) == 2


def test_much_is_forgotten_by_many_short_writes(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    then = utc_now() - timedelta(days=100)
    session.add_all(
        OutgoingMail(recipient=f"{number}", subject="", body="", created_at=then)
        for number in range(5)
    )
    session.commit()
    deleted: list[int] = []
    monkeypatch.setattr(forgetting, "write", lambda act, *a, **k: deleted.append(
        len(k.get("keys", ()))) or write(act, *a, **k))  # fmt: skip
    result = app.test_cli_runner().invoke(args=["people", "forget-old"])
    assert " 5 mails," in result.output
    assert [count for count in deleted if count] == [2, 2, 1]
    assert session.scalars(select(OutgoingMail)).all() == []
