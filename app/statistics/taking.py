"""Take a snapshot of a large organisation while people work: no writer waits for long."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import one_connection, read_moment, write_on
from app.statistics import services
from app.statistics.filling import forget_counted
from app.statistics.passes import NewPasses
from app.statistics.summing import UNIT

AT_ONCE = {"sqlite": 800, "postgresql": 10_000}
"""Rows kept in one transaction: a few milliseconds of the one turn that SQLite's writers share."""


def take_in_batches(*, as_of: date, now: datetime, taken_by_id: int | None = None) -> int:
    """Take a snapshot and return its id; what it counts is of one moment.

    All is counted into temporary tables, which holds up nobody, then kept batch by batch. Pages
    show it once it is whole. Raises `ValueError` for a day to come.
    """
    with one_connection() as connection:
        at_once = AT_ONCE[connection.dialect.name]
        passes = read_moment(connection, services.count_up, as_of=as_of, now=now)
        snapshot_id = write_on(
            connection, services.open_snapshot, passes,
            as_of=as_of, now=now, taken_by_id=taken_by_id,
        )  # fmt: skip
        for table in services.COUNTED:
            last = read_moment(connection, count_rows, table)
            roots = read_moment(connection, count_roots) if table is UNIT else 0
            for start in range(1, last - roots + 1, at_once):
                numbers = range(start, min(start + at_once, last - roots + 1))
                write_on(connection, services.keep, table, snapshot_id, numbers=numbers)
        write_on(connection, finish, snapshot_id, passes, range(last - roots + 1, last + 1))
        # Last, as it frees more than a writer should hold up the others for.
        read_moment(connection, forget_counted)
    return snapshot_id


def count_rows(session: Session, table: sa.Table) -> int:
    """Count the rows that wait in a temporary table, numbered from 1."""
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def count_roots(session: Session) -> int:
    """Count the rows of the roots, which are the last of the units."""
    roots = sa.select(sa.func.count()).select_from(UNIT).where(UNIT.c.parent_id.is_(None))
    return session.scalar(roots) or 0


def finish(session: Session, snapshot_id: int, passes: NewPasses, roots: range) -> None:
    """Keep the roots of the tree, with what makes the snapshot whole."""
    if roots:
        services.keep(session, UNIT, snapshot_id, numbers=roots)
    services.close_snapshot(session, snapshot_id, passes)
