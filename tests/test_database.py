"""The door to writing, and what the database refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import database
from app.database import write
from app.journal.models import JournalEntry
from app.journal.services import Action, record
from app.people.models import Setting
from tests.starting import hold_the_day

LONG_AGO = datetime(2026, 1, 1, 22, 59, tzinfo=UTC)


def test_an_entry_of_the_journal_can_be_neither_changed_nor_deleted(
    app: Flask, session: Session
) -> None:
    with app.app_context():
        write(record, Action.SIGNED_IN, actor_id=None)
    for forbidden in (update(JournalEntry).values(action="x"), delete(JournalEntry)):
        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(forbidden)
        session.rollback()
    assert session.scalars(select(JournalEntry)).one().action == "signed_in"


def test_the_clock_of_the_tests_stays_within_their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "datetime", datetime)
    hold_the_day(until=LONG_AGO)
    assert database.utc_now() == LONG_AGO


def test_writers_that_read_first_lose_no_update(app: Flask, session: Session) -> None:
    def count_one(session: Session) -> None:
        row = session.get_one(Setting, "count", with_for_update=True)
        row.value = str(int(row.value) + 1)

    session.add(Setting(key="count", value="0"))
    session.commit()

    def work(_: int) -> None:
        with app.app_context():
            write(count_one)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(200)))
    session.expire_all()
    assert session.get_one(Setting, "count").value == "200"
