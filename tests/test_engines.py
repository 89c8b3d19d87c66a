"""How the databases are opened, and what `write` does when they resist."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app import engines
from app.database import WRITE_TRIES, Busy, UtcDateTime, write, write_at_once
from app.extensions import db
from app.people.models import EthicsContact, Setting


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "WAL"),
        ((3, 7, 0), "DELETE"),
        ((3, 40, 1), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
    ],
)
def test_a_sqlite_with_the_wal_reset_bug_keeps_a_rollback_journal(
    version: tuple[int, int, int], mode: str
) -> None:
    module: Any = SimpleNamespace(sqlite_version_info=version)
    assert engines.sqlite_journal_mode(module) == mode


def test_an_error_does_not_tell_the_values_it_met(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as met:
        write(lambda session: session.execute(sa.text("SELECT :name FROM absent"), {"name": "Zoé"}))
    assert "absent" in str(met.value)
    assert "Zoé" not in str(met.value)


def test_sqlite_is_durable_and_strict(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        with db.engine.connect() as connection:
            pragma = lambda name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
            assert pragma("journal_mode") == engines.sqlite_journal_mode().lower()
            # Of a log, the connection itself sees to the disk (test_sqlite_connection.py).
            assert pragma("synchronous") == (1 if pragma("journal_mode") == "wal" else 2)
            assert pragma("foreign_keys") == 1
            assert pragma("busy_timeout") == 5000
            assert pragma("trusted_schema") == 0


def test_postgresql_has_time_limits(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            return
        with db.engine.connect() as connection:
            for name, value in (
                ("statement_timeout", "5s"),
                ("lock_timeout", "3s"),
                ("idle_in_transaction_session_timeout", "10s"),
            ):
                assert connection.exec_driver_sql(f"SHOW {name}").scalar() == value


def test_a_connection_that_postgresql_closed_meanwhile_is_replaced(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            return
        whose = lambda: db.session.scalar(sa.text("SELECT pg_backend_pid()"))  # noqa: E731
        former = whose()
        db.session.close()
        other = sa.create_engine(app.config["DATABASE_URL"])
        with other.begin() as connection:
            connection.execute(sa.text("SELECT pg_terminate_backend(:one)"), {"one": former})
        other.dispose()
        monkeypatch.setattr(engines, "FRESH_SECONDS", 0)
        assert whose() != former


def test_a_connection_just_given_back_is_not_asked_whether_it_is_there(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            return
        monkeypatch.setattr(engines, "FRESH_SECONDS", 3600)  # However slow the machine is.
        db.session.scalar(sa.text("SELECT 1"))
        db.session.close()
        with counting_pings(db.engine.dialect) as pings:
            db.session.scalar(sa.text("SELECT 1"))
            assert pings == []
            db.session.close()
            monkeypatch.setattr(engines, "FRESH_SECONDS", 0)
            db.session.scalar(sa.text("SELECT 1"))
            assert len(pings) == 1


@contextmanager
def counting_pings(dialect: sa.Dialect) -> Iterator[list[object]]:
    """List the connections that are asked whether they are there."""
    asked: list[object] = []
    ask = dialect.do_ping
    dialect.do_ping = lambda connection: asked.append(connection) or ask(connection)  # type: ignore[method-assign]
    try:
        yield asked
    finally:
        dialect.do_ping = ask  # type: ignore[method-assign]


@pytest.mark.parametrize("how", [write, write_at_once])
def test_a_write_that_lost_its_connection_runs_again(app: Flask, how: Any) -> None:
    with app.app_context():
        how(lambda session: session.merge(Setting(key="x", value="first")))
        if db.engine.dialect.name == "postgresql":
            pid = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
            db.session.close()
            other = sa.create_engine(app.config["DATABASE_URL"])
            with other.begin() as connection:
                connection.execute(sa.text("SELECT pg_terminate_backend(:one)"), {"one": pid})
            other.dispose()
        statement = sa.update(Setting).where(Setting.key == "x").values(value="second")
        how(lambda session: session.execute(statement))
        assert db.session.get_one(Setting, "x").value == "second"


class Refusal(Exception):
    """What a driver raises, with PostgreSQL's state where it has one."""

    def __init__(self, text: str, sqlstate: str | None = None) -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


def failing(times: int, error: Exception) -> Callable[[Session], str]:
    """Make a change that fails so many times, then succeeds."""
    left = [times]

    def change(session: Session) -> str:
        if left[0]:
            left[0] -= 1
            raise error
        session.add(Setting(key=f"after {times}", value="x"))
        return "done"

    return change


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("", {}, Refusal("database is locked")),
        DBAPIError("", {}, Refusal("serialization", "40001")),
        DBAPIError("", {}, Refusal("deadlock", "40P01")),
        DBAPIError("", {}, Refusal("gone"), connection_invalidated=True),
        OperationalError("", {}, Refusal("server closed the connection")),
        IntegrityError("", {}, Refusal("UNIQUE constraint failed: x.y")),
        IntegrityError("", {}, Refusal("duplicate", "23505")),
    ],
)
def test_a_write_that_lost_a_race_runs_again(app: Flask, error: Exception) -> None:
    with app.app_context():
        assert write(failing(2, error)) == "done"
        assert db.session.get(Setting, "after 2") is not None


def test_a_database_that_stays_busy_is_said_so(app: Flask) -> None:
    busy = OperationalError("", {}, Refusal("database is locked"))
    with app.app_context(), pytest.raises(Busy):
        write(failing(WRITE_TRIES, busy))


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("", {}, Refusal("CHECK constraint failed: x")),
        OperationalError("", {}, Refusal("no such table: x")),
    ],
)
def test_a_mistake_is_not_tried_again(app: Flask, error: Exception) -> None:
    with app.app_context(), pytest.raises(type(error)):
        write(failing(1, error))


def test_a_failed_write_leaves_nothing(app: Flask) -> None:
    def half(session: Session) -> None:
        session.add(Setting(key="half", value="x"))
        session.flush()
        session.add(EthicsContact(corps="nobody", kind="referent"))

    with app.app_context():
        with pytest.raises(IntegrityError):
            write(half)
        assert db.session.get(Setting, "half") is None


def test_a_writer_waits_for_the_one_before(app: Flask) -> None:
    inside, order = threading.Event(), []

    def slow(session: Session) -> None:
        session.execute(sa.select(Setting.key))  # Its turn begins with its first statement.
        inside.set()
        threading.Event().wait(0.2)
        order.append("slow")
        session.merge(Setting(key="x", value="slow"))

    def quick(session: Session) -> None:
        session.execute(sa.select(Setting.key))
        order.append("quick")
        session.merge(Setting(key="x", value="quick"))

    def run() -> None:
        with app.app_context():
            write(slow)

    thread = threading.Thread(target=run)
    thread.start()
    inside.wait()
    with app.app_context():
        write(quick)
    thread.join()
    if app.config["DATABASE_URL"].startswith("sqlite"):
        assert order == ["slow", "quick"]


def test_a_date_without_a_zone_is_refused() -> None:
    from datetime import datetime

    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), sa.create_mock_engine("sqlite://", print).dialect)  # noqa: E501  # fmt: skip
