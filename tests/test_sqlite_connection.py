"""A commit on SQLite: on the disk before it returns, and no writer waits for another one's disk."""

from __future__ import annotations

import fcntl
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app import sqlite_connection
from app.database import Busy, write
from app.engines import engine_options, set_pragmas
from app.extensions import db
from app.people.models import Setting
from app.sqlite_connection import LogLost, QueuedConnection, sqlite_module

PATIENCE_SECONDS = 20


@pytest.fixture
def has_log(app: Flask) -> bool:
    """Tell whether the database keeps a write-ahead log."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return False
        return bool(db.session.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal")


def keep(session: Session, key: str) -> None:
    """Write a row."""
    session.add(Setting(key=key, value="x"))


def path_of(app: Flask) -> Path:
    """Give the file of the database."""
    return Path(str(sa.make_url(app.config["DATABASE_URL"]).database))


def on_disk(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> list[int]:
    """Do something each time a log is put on the disk; list the moments."""
    real, moments = sqlite_connection.put_on_disk, list[int]()

    def put(log: int) -> None:
        real(log)
        moments.append(log)
        act()

    monkeypatch.setattr(sqlite_connection, "put_on_disk", put)
    return moments


def test_what_is_on_the_disk_before_a_write_returns_holds_it(
    app: Flask, has_log: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return
    source, copy = path_of(app), tmp_path / "after-the-power-went"

    def take_picture() -> None:
        shutil.copy(source, copy)
        shutil.copy(f"{source}-wal", f"{copy}-wal")

    on_disk(monkeypatch, take_picture)
    with app.app_context():
        write(keep, "kept")
    with sqlite_module.connect(str(copy)) as connection:
        rows = connection.execute("SELECT value FROM setting WHERE key = 'kept'").fetchall()
    assert rows == [("x",)]


def test_a_write_that_changes_nothing_still_waits_for_the_disk(
    app: Flask, has_log: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return
    moments = on_disk(monkeypatch, lambda: None)
    with app.app_context():
        # As an answer sent again: what it finds may not be on the disk yet.
        write(lambda session: session.get(Setting, "absent"))
        assert len(moments) == 1
        db.session.get(Setting, "absent")
        db.session.close()
    assert len(moments) == 1


def test_the_next_writer_does_not_wait_for_the_disk(
    app: Flask, has_log: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return
    both = threading.Barrier(2, timeout=PATIENCE_SECONDS)

    def meet() -> None:
        both.wait()

    on_disk(monkeypatch, meet)
    failures: list[BaseException] = []

    def run(key: str) -> None:
        try:
            with app.app_context():
                write(keep, key)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread.
            failures.append(error)

    threads = [threading.Thread(target=run, args=(key,)) for key in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS * 2)
    assert failures == []
    with app.app_context():
        assert db.session.get(Setting, "one") is not None
        assert db.session.get(Setting, "other") is not None


def fail(*_given: object) -> None:
    """Fail as a disk does."""
    raise OSError(5, "Input/output error")


def test_after_a_disk_that_failed_the_next_writer_makes_sure_of_all(
    app: Flask, has_log: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return
    queue = Path(f"{path_of(app)}-writer")
    with app.app_context():
        with monkeypatch.context() as broken:
            broken.setattr(sqlite_connection, "put_on_disk", fail)
            with pytest.raises(OSError, match="Input/output"):
                write(keep, "unsure")
        assert queue.read_bytes() == b"lost"
        write(keep, "later")
        assert queue.read_bytes() == b""
        assert db.session.get(Setting, "unsure") is not None
        assert db.session.get(Setting, "later") is not None


def test_nothing_is_written_while_a_lost_log_cannot_be_emptied(
    app: Flask, has_log: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return

    def refuse(_connection: QueuedConnection) -> None:
        raise LogLost

    Path(f"{path_of(app)}-writer").write_bytes(b"lost")
    with app.app_context():
        with monkeypatch.context() as broken:
            broken.setattr(QueuedConnection, "empty_log", refuse)
            with pytest.raises(Busy):
                write(keep, "refused")
            assert app.test_client().get("/readyz").status_code == 503
        assert db.session.get(Setting, "refused") is None
        write(keep, "accepted")
    assert app.test_client().get("/readyz").status_code == 200


def test_a_log_that_is_read_is_emptied_once_its_reader_is_gone(tmp_path: Path) -> None:
    reader, writer = (QueuedConnection(str(tmp_path / "a.sqlite3")) for _ in range(2))
    for connection in (reader, writer):
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA busy_timeout=0")
    writer.execute("CREATE TABLE t (a)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    writer.execute("INSERT INTO t VALUES (1)")
    (tmp_path / "a.sqlite3-writer").write_bytes(b"lost")
    for _ in range(2):
        with pytest.raises(LogLost):
            writer.take_turn()
    reader.execute("COMMIT")
    writer.take_turn()
    assert (tmp_path / "a.sqlite3-wal").stat().st_size == 0
    assert (tmp_path / "a.sqlite3-writer").stat().st_size == 0
    with sqlite_module.connect(f"file:{tmp_path / 'a.sqlite3'}?immutable=1", uri=True) as alone:
        assert alone.execute("SELECT a FROM t").fetchall() == [(1,)]
    reader.close()
    writer.close()


def test_a_log_that_cannot_be_read_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_bytes(b"no database" * 100)
    (tmp_path / "a.sqlite3-writer").write_bytes(b"lost")
    connection = QueuedConnection(str(tmp_path / "a.sqlite3"))
    with pytest.raises(LogLost):
        connection.take_turn()
    assert connection.turn is None
    connection.close()


def test_a_writer_that_fails_lets_the_next_one_in(app: Flask, has_log: bool) -> None:
    def give_up(session: Session) -> None:
        keep(session, "undone")
        session.flush()
        raise LookupError

    with app.app_context():
        with pytest.raises(LookupError):
            write(give_up)
        write(keep, "done")
        assert db.session.get(Setting, "undone") is None
        assert db.session.get(Setting, "done") is not None


def test_a_turn_ends_with_its_connection(tmp_path: Path) -> None:
    path = str(tmp_path / "a.sqlite3")
    first, second = QueuedConnection(path), QueuedConnection(path)
    first.take_turn()
    waiting = threading.Thread(target=second.take_turn, daemon=True)
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    first.close()
    waiting.join(PATIENCE_SECONDS)
    assert not waiting.is_alive()
    second.close()


def test_a_turn_that_cannot_be_waited_for_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = QueuedConnection(str(tmp_path / "a.sqlite3"))

    def refuse(*_given: Any) -> None:
        raise OSError(37, "No locks available")

    with monkeypatch.context() as without:
        without.setattr(fcntl, "flock", refuse)
        with pytest.raises(OSError, match="No locks"):
            connection.take_turn()
    assert connection.turn is None
    connection.take_turn()
    connection.close()


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_only_a_log_is_put_on_the_disk_by_ourselves(tmp_path: Path, journal: str) -> None:
    connection = QueuedConnection(str(tmp_path / "a.sqlite3"))
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.use_log()
    assert connection.has_log is (journal == "wal")
    assert connection.execute("PRAGMA synchronous").fetchone() == (1 if journal == "wal" else 2,)
    connection.close()


def test_an_engine_that_is_not_prepared_leaves_the_disk_to_sqlite(tmp_path: Path) -> None:
    engine = sa.create_engine(**engine_options(f"sqlite:///{tmp_path / 'a'}", pool_size=1))
    sa.event.listen(engine, "connect", set_pragmas)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()
