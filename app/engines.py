"""How each database is opened: SQLite's pragmas, PostgreSQL's time limits."""

from __future__ import annotations

import math
import time
from functools import partial
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from app.sqlite_connection import QueuedConnection, sqlite_module

READ_OPTION = "exemplarite_reads"
MOMENT_OPTION = "exemplarite_one_moment"
FRESH_SECONDS = 1.0
"""Shorter than PostgreSQL takes to stop and start again."""
RETRYABLE_STATES = {"40001", "40P01", "55P03", "57014"}


def engine_options(url: str, *, pool_size: int) -> dict[str, Any]:
    """Give the options of ``create_engine`` for this address."""
    options: dict[str, Any] = {
        "url": url,
        "hide_parameters": True,  # An error is logged: the names and answers it met are not.
    }
    if url.startswith("sqlite"):
        options |= {
            "module": sqlite_module,
            "poolclass": sa.QueuePool,
            "pool_size": pool_size,
            "max_overflow": pool_size * 2,
            "connect_args": {
                "timeout": 5,
                "check_same_thread": False,
                "factory": QueuedConnection,
            },
        }
    else:
        limits = "-c statement_timeout=5000 -c lock_timeout=3000"
        limits += " -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
        options |= {
            "pool_size": pool_size,
            "max_overflow": pool_size,
            "pool_timeout": 5,
            "connect_args": {"options": limits},
        }
    return options


def sqlite_journal_mode(module: ModuleType = sqlite_module) -> str:
    """Choose WAL, unless this SQLite has the WAL-reset bug (3.7.0 to 3.51.2)."""
    version = tuple(module.sqlite_version_info)
    return "DELETE" if (3, 7, 0) <= version <= (3, 51, 2) else "WAL"


def prepare_engine(engine: sa.Engine) -> sa.Engine:
    """Bind the pragmas and the kind of BEGIN; return the engine that reads go through."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", set_pragmas)
        sa.event.listen(engine, "connect", lambda connection, _record: connection.use_queue())
        sa.event.listen(engine, "begin", begin_immediate)
        return engine.execution_options(**{READ_OPTION: True})
    sa.event.listen(engine, "checkin", note_return)
    sa.event.listen(engine, "checkout", partial(ask_whether_there, engine.dialect))
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def note_return(connection: object, record: ConnectionPoolEntry) -> None:
    """Remember when a connection came back to the pool."""
    record.info["returned"] = time.monotonic()


def ask_whether_there(
    dialect: sa.Dialect, connection: Any, record: ConnectionPoolEntry, proxy: object
) -> None:
    """Ask PostgreSQL whether it is still there, where a connection was idle long enough to lose it.

    Asked each time, it would be one more round trip for each page and each answer.
    """
    idle = time.monotonic() - record.info.get("returned", math.inf)
    if idle < FRESH_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error  # The pool opens another one instead.


def set_pragmas(connection: Any, record: object) -> None:
    """Open a SQLite connection durable, strict about references, and in our hands."""
    # None hands BEGIN over to us: by its own rules the driver would open deferred transactions.
    connection.isolation_level = None
    for pragma in (
        f"journal_mode={sqlite_journal_mode()}",
        "synchronous=FULL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "mmap_size=0",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_immediate(connection: sa.Connection) -> None:
    """Take the writer's place at once; reads go without a transaction, or see one moment."""
    if connection.get_execution_options().get(MOMENT_OPTION):
        connection.exec_driver_sql("BEGIN")
    elif not connection.get_execution_options().get(READ_OPTION):
        connected: Any = connection.connection.dbapi_connection
        connected.take_turn()
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def see_one_moment(connection: sa.Connection, wanted: bool) -> None:
    """Let the next transactions of a connection see all as it is when they begin, or as usual."""
    if connection.dialect.name == "sqlite":
        connection.execution_options(**{MOMENT_OPTION: wanted})
    elif not connection.invalidated:
        level = "REPEATABLE READ" if wanted else "READ COMMITTED"
        connection.execution_options(isolation_level=level)


def is_unique_race(error: IntegrityError) -> bool:
    """Tell a lost race on a unique constraint from any other broken constraint."""
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" or "UNIQUE constraint failed" in str(error.orig)


def is_retryable(error: DBAPIError) -> bool:
    """Tell whether the same transaction may succeed when run again."""
    if getattr(error.orig, "sqlstate", None) in RETRYABLE_STATES:
        return True
    text = str(error.orig)
    return "database is locked" in text or "database table is locked" in text


def is_lost_connection(error: DBAPIError) -> bool:
    """Tell whether the database went away."""
    if error.connection_invalidated:
        return True
    text = str(error.orig)
    return any(
        sign in text
        for sign in ("connection failed", "server closed", "disk is full", "disk I/O error")
    )
