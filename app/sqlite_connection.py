"""A connection to SQLite whose writers wait for their turn, but not for one another's disk."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from threading import get_ident
from typing import Any, ClassVar

try:
    import pysqlite3.dbapi2 as driver
except ImportError:  # No wheel for this machine: the interpreter's own SQLite serves.
    driver = sqlite3
sqlite_module = driver

# Where there is none (macOS), the whole of it goes to the disk.
put_on_disk = getattr(os, "fdatasync", os.fsync)
CHUNK_BYTES = 1 << 20


class LogLost(Exception):
    """The disk failed to keep the log: what was committed may not outlive a power cut."""


class QueuedConnection(driver.Connection):
    """One writer at a time for all the processes of this machine, each durable once committed.

    SQLite's own busy handler sleeps and tries again, which makes the unlucky wait for long; the
    kernel wakes the waiters of a file lock in their order, and frees it when a process dies.

    With a write-ahead log, a commit is first appended to it, then the turn goes to the next writer,
    and only then the log is put on the disk: several commits share what the disk takes. `commit`
    returns once its own is there.
    """

    writing: ClassVar[set[tuple[str, int]]] = set()
    """The queue and the thread of each turn: who waited for oneself would do so forever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.path = ""
        """Of the database's file; none before `use_queue`, and in memory."""
        self.log: int | None = None
        """The log, if it is ours to put on the disk."""
        self.turn: int | None = None
        """The file of the queue, while it is this connection's turn."""
        self.holder = ("", 0)

    def use_queue(self) -> None:
        """Wait in turn to write, and put the log on the disk by ourselves, if there is one."""
        # The file itself, whatever link leads to it: its log stands beside it.
        self.path = self.execute("PRAGMA database_list").fetchone()[2]
        if self.path and self.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            self.execute("PRAGMA synchronous=NORMAL")
            self.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()  # Has the log opened.
            # Kept open: the kernel tells of a failure whoever had the file open before it, once.
            self.log = os.open(f"{self.path}-wal", os.O_RDONLY | os.O_CLOEXEC)

    def take_turn(self) -> None:
        """Wait until no other connection writes; raise `LogLost` where that would not be safe."""
        if not self.path:
            return
        self.holder = (self.path, get_ident())
        if self.holder in self.writing:
            raise RuntimeError("this thread is writing already")
        self.turn = self.open_queue()
        try:
            fcntl.flock(self.turn, fcntl.LOCK_EX)
            self.writing.add(self.holder)
            if os.fstat(self.turn).st_size:
                self.write_log_again()
                os.ftruncate(self.turn, 0)
        except BaseException:
            self.end_turn()
            raise

    def open_queue(self) -> int:
        """Open the file in whose lock writers wait; it is not empty once a log was lost."""
        return os.open(f"{self.path}-writer", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)

    def end_turn(self) -> None:
        """Let the next writer in."""
        if self.turn is not None:
            turn, self.turn = self.turn, None
            self.writing.discard(self.holder)
            # Said aloud: a process forked meanwhile still holds the file.
            fcntl.flock(turn, fcntl.LOCK_UN)
            os.close(turn)

    def commit(self) -> None:
        """Commit, and return once the disk holds it."""
        has_turn = self.turn is not None
        try:
            super().commit()
        except BaseException:
            self.rollback()  # SQLAlchemy takes it for done.
            raise
        self.end_turn()
        if has_turn and self.log is not None:
            self.keep_log(self.log)

    def keep_log(self, log: int) -> None:
        """Put the log on the disk, or have the next writer write it again."""
        try:
            put_on_disk(log)
        except OSError as error:
            queue = self.open_queue()
            try:
                os.ftruncate(queue, 1)  # Takes no room on a disk that may have none.
            finally:
                os.close(queue)
            raise LogLost from error

    def write_log_again(self) -> None:
        """Put the whole log on the disk, as memory holds it.

        After a failure the kernel takes it for written: what came after would stand behind a hole.
        """
        try:
            log = os.open(f"{self.path}-wal", os.O_RDWR | os.O_CLOEXEC)
            try:
                place = 0
                while chunk := os.pread(log, CHUNK_BYTES, place):
                    place += os.pwrite(log, chunk, place)
                put_on_disk(log)
            finally:
                os.close(log)
        except OSError as error:
            raise LogLost from error

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
            if self.log is not None:
                log, self.log = self.log, None
                os.close(log)
