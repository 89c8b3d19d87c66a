"""A connection to SQLite whose writers wait for their turn, but not for one another's disk."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from typing import Any

try:
    import pysqlite3.dbapi2 as driver
except ImportError:  # No wheel for this machine: the interpreter's own SQLite serves.
    driver = sqlite3
sqlite_module = driver

# Where there is none (macOS), the whole of it goes to the disk.
put_on_disk = getattr(os, "fdatasync", os.fsync)


class LogLost(Exception):
    """The disk failed to keep a log, and nothing is written before it is safe elsewhere."""


class QueuedConnection(driver.Connection):
    """One writer at a time for all the processes of this machine, each durable once committed.

    SQLite's own busy handler sleeps and tries again, which makes the unlucky wait for long; the
    kernel wakes the waiters of a file lock in their order, and frees it when a process dies.

    With a write-ahead log, a commit is first appended to it, then the turn goes to the next writer,
    and only then the log is put on the disk: several commits share what the disk takes. `commit`
    returns once its own is there.
    """

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
        turn = self.open_queue()
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if os.fstat(turn).st_size:
                self.empty_log()
                os.ftruncate(turn, 0)
        except BaseException:
            os.close(turn)
            raise
        self.turn = turn

    def open_queue(self) -> int:
        """Open the file in whose lock writers wait; it holds something once a log was lost."""
        return os.open(f"{self.path}-writer", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)

    def empty_log(self) -> None:
        """Put all that the log holds in the database, and that on the disk."""
        try:
            (is_busy, _pages, _moved) = self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except driver.Error as error:
            raise LogLost from error
        if is_busy:
            raise LogLost

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
        """Put the log on the disk; after a failure the next writer empties it before it writes.

        The kernel tells a failure once and takes the pages for written from then on: what would be
        added to the log would stand behind a hole.
        """
        log = os.open(f"{self.path}-wal", os.O_RDONLY | os.O_CLOEXEC)
        try:
            put_on_disk(log)
        except OSError:
            queue = self.open_queue()
            os.write(queue, b"lost")
            os.close(queue)
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
