"""A connection to SQLite whose writers wait for their turn, but not for one another's disk."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from typing import Any, ClassVar

try:
    import pysqlite3.dbapi2 as driver
except ImportError:  # No wheel for this machine: the interpreter's own SQLite serves.
    driver = sqlite3
sqlite_module = driver

# Where there is none (macOS), the whole of it goes to the disk.
put_on_disk = getattr(os, "fdatasync", os.fsync)


class LogLost(Exception):
    """The disk failed to keep a log: this process writes nothing more."""


class QueuedConnection(driver.Connection):
    """One writer at a time for all the processes of this machine, each durable once committed.

    SQLite's own busy handler sleeps and tries again, which makes the unlucky wait for long; the
    kernel wakes the waiters of a file lock in their order, and frees it when a process dies.

    With a write-ahead log, a commit is first appended to it, then the turn goes to the next writer,
    and only then the log is put on the disk: several commits share what the disk takes. `commit`
    returns once its own is there.
    """

    lost: ClassVar[bool] = False
    """Whether the disk failed to keep a log: what it held is sure again after the next start."""

    def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        self.path = database
        self.turn: int | None = None
        """The file of the queue, while it is this connection's turn."""
        self.has_log = False

    def use_log(self) -> None:
        """Put the write-ahead log on the disk by ourselves, if this database has one."""
        self.has_log = self.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        if self.has_log:
            self.execute("PRAGMA synchronous=NORMAL")

    def take_turn(self) -> None:
        """Wait until no other connection writes; raise `LogLost` where that would not be safe."""
        if QueuedConnection.lost:
            raise LogLost
        turn = os.open(f"{self.path}-writer", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
        except BaseException:
            os.close(turn)
            raise
        self.turn = turn

    def end_turn(self) -> None:
        """Let the next writer in."""
        if self.turn is not None:
            turn, self.turn = self.turn, None
            # Said aloud: a process forked meanwhile still holds the file.
            fcntl.flock(turn, fcntl.LOCK_UN)
            os.close(turn)

    def commit(self) -> None:
        """Commit, and return once the disk holds it."""
        has_written = self.in_transaction
        super().commit()
        self.end_turn()
        if has_written and self.has_log:
            self.keep_log()

    def keep_log(self) -> None:
        """Put the log on the disk; after a failure nothing more is written by this process.

        The kernel tells a failure once, and takes the pages for written from then on. The next
        start reads the log again, and a checkpoint writes it anew.
        """
        log = os.open(f"{self.path}-wal", os.O_RDONLY | os.O_CLOEXEC)
        try:
            put_on_disk(log)
        except OSError:
            QueuedConnection.lost = True
            raise
        finally:
            os.close(log)

    def rollback(self) -> None:
        """Undo, and let the next writer in."""
        try:
            super().rollback()
        finally:
            self.end_turn()

    def close(self) -> None:
        """Close, and let the next writer in."""
        try:
            super().close()
        finally:
            self.end_turn()
