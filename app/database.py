"""Model base, constraint names, UTC dates, and the one door to writing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from app.engines import (
    is_lost_connection,
    is_retryable,
    is_unique_race,
    see_one_moment,
)
from app.extensions import db
from app.sqlite_connection import LogLost

P = ParamSpec("P")
R = TypeVar("R")
Item = TypeVar("Item", sa.UniqueConstraint, sa.Index)

WRITE_TRIES = 5
ALL_ROWS = 2**31 - 1
"""A limit that leaves nothing out: with one, SQLite makes a subquery as it is written, once."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a naive date: its zone would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a date without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back to SQLite's dates."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Model(DeclarativeBase):
    """Base of every table; ``append_only`` names what triggers refuse on its rows."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), str: sa.Text()}

    append_only: ClassVar[frozenset[str]] = frozenset()
    """Which of "update" and "delete" the database refuses on a row."""
    may_change: ClassVar[tuple[str, ...]] = ()
    """Columns that an update may touch although "update" is refused."""
    final_once: ClassVar[str] = ""
    """The column that, once it holds something, ends even those updates."""


class Busy(Exception):
    """The database stayed too busy, or away, for a write; nothing was changed.

    Unless its disk failed: then what was written is there, but may not outlive a power cut.
    """


def utc_now() -> datetime:
    """Tell the time, aware and in UTC."""
    return datetime.now(UTC)


def one_of(column: str, values: type[StrEnum] | tuple[str, ...]) -> sa.CheckConstraint:
    """Constrain a text column to the values of an enumeration."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


ONLY_ON = "only_on"


def only_on(dialect: str, item: Item) -> Item:
    """Have a constraint or an index made on one of the two databases only."""
    item.info[ONLY_ON] = dialect
    return item.ddl_if(dialect=dialect)


def foreign_key(target: str, **options: Any) -> Any:
    """Declare an indexed reference to another table's id."""
    options.setdefault("index", True)
    return mapped_column(sa.ForeignKey(target), **options)


def take_stock(session: Session, *models: type[Model]) -> None:
    """Let PostgreSQL see what came into tables; by itself it looks a minute later.

    Until then it takes the rows of a new file or snapshot for a handful, as it knows none of them,
    and reads half a million one by one.
    """
    if session.get_bind().dialect.name == "postgresql":
        # On a disk that is cold it may take longer than a page may.
        session.execute(sa.text("SET LOCAL statement_timeout = '300s'"))
        # A glance is enough until then.
        session.execute(sa.text("SET LOCAL default_statistics_target = 10"))
        for model in models:
            session.execute(sa.text(f"ANALYZE {model.__tablename__}"))


def write(change: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Run ``change(session, …)`` in a write transaction of its own, and commit it.

    ``change`` may run again after a race, so it reads its rows itself and touches nothing but
    the session. Raises `Busy` when the database stays out of reach.
    """
    db.session.close()  # A read transaction still open could not be upgraded safely.
    return write_on(db.engine, change, *args, **kwargs)


def write_at_once(
    change: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs
) -> R:
    """Write as `write` does where ``change`` writes by one statement, which commits itself.

    PostgreSQL is spared BEGIN and COMMIT, a round trip each. What ``change`` reads beside it is
    not of the same moment.
    """
    bind = db.session.get_bind()  # That of the reads: in autocommit.
    if bind.dialect.name == "sqlite":
        # By itself, a statement left before its last row would not say that its commit failed.
        return write(change, *args, **kwargs)
    db.session.close()
    return write_on(bind, change, *args, **kwargs)


def write_on(
    bind: sa.Engine | sa.Connection,
    change: Callable[Concatenate[Session, P], R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Write as `write` does, on a connection of the caller's own."""
    for attempt in range(WRITE_TRIES):
        try:
            return commit_once(bind, change, *args, **kwargs)
        except LogLost as error:
            raise Busy from error
        except IntegrityError as error:
            if not is_unique_race(error) or attempt == WRITE_TRIES - 1:
                raise
        except (OperationalError, DBAPIError) as error:
            if not (is_retryable(error) or is_lost_connection(error)):
                raise
            if attempt == WRITE_TRIES - 1:
                raise Busy from error
        time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311 - jitter, no secret
    raise AssertionError("unreachable")


def commit_once(
    bind: sa.Engine | sa.Connection,
    change: Callable[Concatenate[Session, P], R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Open, run and commit one write transaction."""
    with Session(bind, expire_on_commit=False) as session:
        result = change(session, *args, **kwargs)
        session.commit()
        return result


@contextmanager
def one_connection() -> Iterator[sa.Connection]:
    """Give a connection for what is counted at length and written after, bit by bit.

    The temporary tables that `read_moment` fills wait on it for `write_on`.
    """
    db.session.close()
    with db.engine.connect() as connection:
        try:
            yield connection
        except BaseException:
            connection.invalidate()  # With its temporary tables, which the next user must not meet.
            raise


def read_moment(
    connection: sa.Connection,
    look: Callable[Concatenate[Session, P], R],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Run ``look(session, …)`` where it sees one moment and no writer waits for it.

    It may fill temporary tables, and no other.
    """
    see_one_moment(connection, True)
    try:
        with Session(connection, expire_on_commit=False) as session, session.begin():
            return look(session, *args, **kwargs)
    finally:
        see_one_moment(connection, False)
