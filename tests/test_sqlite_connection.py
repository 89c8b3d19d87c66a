"""A commit on SQLite: on the disk before it returns, and no writer waits for another one's disk."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import sqlite_connection
from app.database import Busy, write
from app.engines import engine_options, set_pragmas
from app.extensions import db
from app.people.models import Setting
from app.sqlite_connection import QueuedConnection, sqlite_module

PATIENCE_SECONDS = 20
sqlite_alone = pytest.mark.one_database
"""PostgreSQL sees to its own queue and log."""


@pytest.fixture
def has_log(app: Flask) -> bool:
    """Tell whether the database keeps a write-ahead log."""
    with app.app_context():
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


@sqlite_alone
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


@sqlite_alone
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


@sqlite_alone
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


@sqlite_alone
def test_after_a_disk_that_failed_the_next_writer_writes_the_log_again(
    app: Flask, has_log: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return
    queue, log = Path(f"{path_of(app)}-writer"), Path(f"{path_of(app)}-wal")
    rewritten = bytearray()
    real = os.pwrite

    def note(handle: int, chunk: bytes, place: int) -> int:
        assert place == len(rewritten)
        rewritten.extend(chunk)
        return real(handle, chunk, place)

    monkeypatch.setattr(sqlite_connection, "CHUNK_BYTES", 5000)
    monkeypatch.setattr(os, "pwrite", note)
    with app.app_context():
        with monkeypatch.context() as broken:
            broken.setattr(sqlite_connection, "put_on_disk", fail)
            with pytest.raises(Busy):
                write(keep, "unsure")
        before = log.read_bytes()
        assert queue.stat().st_size == 1
        write(keep, "later")
        assert bytes(rewritten) == before
        assert len(before) > 5000
        assert queue.stat().st_size == 0
        assert db.session.get(Setting, "unsure") is not None
        assert db.session.get(Setting, "later") is not None
        write(keep, "last")
    assert bytes(rewritten) == before


@sqlite_alone
def test_nothing_is_written_while_a_lost_log_cannot_be_written_again(
    app: Flask, has_log: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_log:
        return
    with app.app_context():
        write(keep, "before")
        Path(f"{path_of(app)}-writer").write_bytes(b"1")
        with monkeypatch.context() as broken:
            broken.setattr(os, "pwrite", fail)
            with pytest.raises(Busy):
                write(keep, "refused")
            assert app.test_client().get("/readyz").status_code == 503
        assert db.session.get(Setting, "refused") is None
        write(keep, "accepted")
    assert app.test_client().get("/readyz").status_code == 200


def test_a_commit_that_fails_lets_the_next_writer_in(app: Flask) -> None:
    child = (
        "CREATE TABLE child (parent TEXT REFERENCES setting (key) DEFERRABLE INITIALLY DEFERRED)"
    )
    with app.app_context():
        write(lambda session: session.execute(sa.text(child)))
        with pytest.raises(IntegrityError):
            write(lambda session: session.execute(sa.text("INSERT INTO child VALUES ('none')")))
        write(keep, "done")
        assert db.session.get(Setting, "done") is not None
        assert db.session.scalar(sa.text("SELECT count(*) FROM child")) == 0


@sqlite_alone
def test_a_write_inside_another_is_refused_at_once(app: Flask) -> None:
    def write_twice(session: Session) -> None:
        keep(session, "outer")
        session.flush()
        write(keep, "inner")

    with app.app_context():
        with pytest.raises(RuntimeError, match="already"):
            write(write_twice)
        write(keep, "done")
        assert db.session.get(Setting, "outer") is None
        assert db.session.get(Setting, "done") is not None


def test_the_log_goes_to_the_disk_through_a_file_that_was_open_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the kernel would not tell of a failure that somebody else met first.
    connection = queued(tmp_path / "a.sqlite3")
    moments = on_disk(monkeypatch, lambda: None)
    for number in range(2):
        connection.take_turn()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"CREATE TABLE t{number} (a)")
        connection.commit()
    kept = connection.log
    assert kept is not None
    assert moments == [kept, kept]
    assert os.path.samestat(os.fstat(kept), (tmp_path / "a.sqlite3-wal").stat())
    connection.close()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(kept)


def test_a_link_to_the_database_leads_to_the_same_queue_and_log(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a.sqlite3")
    direct, linked = queued(tmp_path / "a.sqlite3"), queued(tmp_path / "link")
    assert linked.path == direct.path == str(tmp_path / "a.sqlite3")
    for connection in (direct, linked):
        connection.take_turn()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS t (a)")
        connection.commit()
        connection.close()


def test_a_database_in_memory_has_no_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    connection = QueuedConnection(":memory:")
    connection.use_queue()
    connection.take_turn()
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()
    assert list(tmp_path.iterdir()) == []


def queued(path: Path) -> QueuedConnection:
    """Open a connection as the application does."""
    connection = QueuedConnection(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.use_queue()
    return connection


def test_a_writer_that_fails_lets_the_next_one_in(app: Flask) -> None:
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
    first = queued(tmp_path / "a.sqlite3")
    first.take_turn()
    over: list[bool] = []

    def wait() -> None:
        second = queued(tmp_path / "a.sqlite3")
        second.take_turn()
        over.append(True)
        second.close()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(0.3)
    assert over == []
    first.close()
    waiting.join(PATIENCE_SECONDS)
    assert over == [True]
    assert QueuedConnection.writing == set()


def test_a_turn_that_cannot_be_waited_for_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = queued(tmp_path / "a.sqlite3")
    real = fcntl.flock

    def refuse(handle: int, how: int) -> None:
        if how == fcntl.LOCK_EX:
            raise OSError(37, "No locks available")
        real(handle, how)

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
    connection.use_queue()
    assert (connection.log is not None) is (journal == "wal")
    assert connection.execute("PRAGMA synchronous").fetchone() == (1 if journal == "wal" else 2,)
    connection.close()


def test_an_engine_that_is_not_prepared_leaves_the_disk_to_sqlite(tmp_path: Path) -> None:
    engine = sa.create_engine(**engine_options(f"sqlite:///{tmp_path / 'a'}", pool_size=1))
    sa.event.listen(engine, "connect", set_pragmas)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()
