"""The acts of statistics: taking a snapshot, thinning old ones, noting who saw names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import Model
from app.journal.services import Action, record
from app.people.settings import NumberKey, get_setting
from app.statistics import summing
from app.statistics.counting import FACT, Rows, select_facts
from app.statistics.models import (
    Snapshot,
    SnapshotCell,
    SnapshotFirstTry,
    SnapshotTotal,
    SnapshotUnit,
)
from app.statistics.moments import day_of, end_of, kept_days

PARTS: tuple[type[Model], ...] = (SnapshotCell, SnapshotTotal, SnapshotUnit, SnapshotFirstTry)
LONGEST_COUNT = "120s"


def take_snapshot(
    session: Session,
    *,
    as_of: date,
    now: datetime,
    taken_by_id: int | None = None,
    smallest_group: int | None = None,
) -> int:
    """Count the figures of a day, today or past, and return the id of the snapshot.

    A past day is counted from the facts known at its end: what was enrolled, completed, assigned.
    Names and places of units are today's. A figure about answers covers at least
    ``smallest_group`` agents, as the settings say unless told, and never under 5. Raises
    `ValueError` for a day to come.
    """
    if as_of > day_of(now):
        raise ValueError("figures of a day to come cannot be counted")
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SET LOCAL statement_timeout = '{LONGEST_COUNT}'"))
    group = smallest_group or get_setting(session, NumberKey.MINIMUM_GROUP)
    snapshot = Snapshot(as_of=as_of, taken_at=now, taken_by_id=taken_by_id)
    session.add(snapshot)
    session.flush()  # Every other row needs its id.
    gather_facts(session, as_of=as_of)
    fill(session, SnapshotCell, summing.select_cells(snapshot.id))
    for by_corps in (False, True):
        fill(session, SnapshotTotal, summing.select_totals(snapshot.id, by_corps=by_corps))
    fill(session, SnapshotUnit, summing.select_units(snapshot.id, as_of=as_of))
    told = summing.select_first_tries(snapshot.id, smallest_group=max(group, 5))
    fill(session, SnapshotFirstTry, told)
    FACT.drop(session.connection())
    record(session, Action.SNAPSHOT_TAKEN, actor_id=taken_by_id, object_kind="snapshot",
           object_id=snapshot.id, at=now, as_of=as_of.isoformat())  # fmt: skip
    return snapshot.id


def gather_facts(session: Session, *, as_of: date) -> None:
    """Fill the temporary table of facts, which lasts as long as the transaction."""
    connection = session.connection()
    FACT.create(connection, checkfirst=False)
    facts = select_facts(as_of=as_of, until=end_of(as_of))
    names = [str(column.key) for column in facts.selected_columns]
    session.execute(sa.insert(FACT).from_select(names, facts))


def fill(session: Session, model: type[Model], rows: Rows) -> None:
    """Insert the rows of a select, whose columns are named as the table's."""
    names = [str(column.key) for column in rows.selected_columns]
    session.execute(sa.insert(model).from_select(names, rows, include_defaults=False))


def thin_snapshots(session: Session, *, now: datetime, actor_id: int | None = None) -> int:
    """Drop snapshots past their time, and count them: one a day for 35 days, then one a month."""
    found = session.execute(sa.select(Snapshot.id, Snapshot.as_of).order_by(Snapshot.id)).all()
    last_of_day = {as_of: snapshot_id for snapshot_id, as_of in found}
    days = kept_days(list(last_of_day), today=day_of(now))
    # The last one taken says what was told last of first attempts: it always stays.
    kept = {last_of_day[day] for day in days} | {row.id for row in found[-1:]}
    dropped = [row.id for row in found if row.id not in kept]
    drop_snapshots(session, dropped)
    if dropped:
        record(session, Action.SNAPSHOTS_THINNED, actor_id=actor_id, object_kind="snapshot",
               count=len(dropped))  # fmt: skip
    return len(dropped)


def drop_snapshots(session: Session, ids: Sequence[int]) -> None:
    """Delete snapshots with all their rows."""
    for model in PARTS:
        session.execute(sa.delete(model).where(model.__table__.c.snapshot_id.in_(ids)))
    session.execute(sa.delete(Snapshot).where(Snapshot.id.in_(ids)))
