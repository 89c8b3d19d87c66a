"""The acts of statistics: taking a snapshot, thinning old ones, noting who saw names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import Model, take_stock
from app.days import day_of, end_of
from app.journal.services import Action, record
from app.people.settings import NumberKey, get_setting
from app.statistics import counting, facts, summing, summing_people
from app.statistics.counting import FACT, PERSON, PLACE, POST, Rows
from app.statistics.filling import fill, fill_all, forget_counted
from app.statistics.models import (
    Snapshot,
    SnapshotBand,
    SnapshotCell,
    SnapshotFirstTry,
    SnapshotTotal,
    SnapshotUnit,
)
from app.statistics.moments import kept_days
from app.statistics.passes import NewPasses, count_new_passes, keep_passes
from app.statistics.queries import is_whole
from app.statistics.summing import ANCESTRY, AT_BASE, BAND, BASE, CELL, TOTAL, UNIT
from app.statistics.summing_people import AT_PLACE, PEOPLE

PARTS: tuple[type[Model], ...] = (
    SnapshotCell, SnapshotTotal, SnapshotBand, SnapshotUnit, SnapshotFirstTry,
)  # fmt: skip
COUNTED = {CELL: SnapshotCell, TOTAL: SnapshotTotal, BAND: SnapshotBand, UNIT: SnapshotUnit}
"""Where rows wait, and where they are kept, in the order in which they are."""
LONGEST_TAKING = timedelta(hours=6)


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
    passes = count_up(session, as_of=as_of, now=now)
    snapshot_id = open_snapshot(session, passes, as_of=as_of, now=now, taken_by_id=taken_by_id)
    for table in COUNTED:
        keep(session, table, snapshot_id)
    close_snapshot(session, snapshot_id, passes, smallest_group=smallest_group)
    forget_counted(session)
    return snapshot_id


def count_up(session: Session, *, as_of: date, now: datetime) -> NewPasses:
    """Count the figures of a day into temporary tables; nothing else is written.

    Returns the passes that no snapshot has counted yet. Raises `ValueError` for a day to come.
    """
    if as_of > day_of(now):
        raise ValueError("figures of a day to come cannot be counted")
    day = {"as_of": as_of, "until": end_of(as_of)}
    one_by_one = session.get_bind().dialect.name == "sqlite"
    ancestry = counting.select_ancestry()
    steps: list[tuple[sa.Table, Rows]] = [
        (POST, counting.select_posts(**day, one_by_one=one_by_one)),  # type: ignore[arg-type]
        (PLACE, counting.select_places()),
        (PERSON, counting.select_persons()),
        (FACT, facts.select_facts(**day, one_by_one=one_by_one)),  # type: ignore[arg-type]
        (ANCESTRY, sa.select(ancestry.c.unit_id, ancestry.c.above_id)),
        (BASE, summing.select_bases()),
        (CELL, summing.select_cells()),
        (AT_BASE, summing.select_at_bases()),
        (TOTAL, summing.select_totals()),
        (TOTAL, summing.select_all_corps()),
        (AT_PLACE, summing_people.select_people_at_places()),
        (PEOPLE, summing_people.select_own_people()),
        (PEOPLE, summing_people.select_people_above()),
        (BAND, summing_people.select_people_bands()),
        (BAND, summing.select_bands()),
        (UNIT, summing_people.select_units(as_of=as_of)),
    ]
    fill_all(session, steps)
    return count_new_passes(session, as_of=as_of)


def open_snapshot(
    session: Session,
    passes: NewPasses,
    *,
    as_of: date,
    now: datetime,
    taken_by_id: int | None = None,
) -> int:
    """Add a snapshot without figures, which no page shows yet; return its id."""
    snapshot = Snapshot(as_of=as_of, taken_at=now, taken_by_id=taken_by_id,
                        last_completion_id=passes.last_completion_id)  # fmt: skip
    session.add(snapshot)
    session.flush()
    return snapshot.id


def keep(
    session: Session, table: sa.Table, snapshot_id: int, *, numbers: range | None = None
) -> None:
    """Keep the rows that wait in a temporary table, all or those with such numbers."""
    model = COUNTED[table]
    columns = [table.c[str(column.key)] for column in summing.columns_of(model)]
    rows = sa.select(sa.literal(snapshot_id).label("snapshot_id"), *columns)
    if numbers is not None:
        rows = rows.where(table.c.number.between(numbers[0], numbers[-1]))
    fill(session, model, rows.order_by(table.c.number))


def close_snapshot(
    session: Session, snapshot_id: int, passes: NewPasses, *, smallest_group: int | None = None
) -> None:
    """Add what may be told of first attempts, and write in the journal that all is counted."""
    taken = session.get_one(Snapshot, snapshot_id)
    group = smallest_group or get_setting(session, NumberKey.MINIMUM_GROUP)
    keep_passes(session, taken, passes, smallest_group=max(group, 5))
    record(session, Action.SNAPSHOT_TAKEN, actor_id=taken.taken_by_id, object_kind="snapshot",
           object_id=snapshot_id, at=taken.taken_at, as_of=taken.as_of.isoformat())  # fmt: skip
    take_stock(session, *PARTS)


def list_past_their_time(session: Session, *, now: datetime) -> list[int]:
    """List the snapshots to drop: all but one a day for 35 days, then one a month."""
    whole = is_whole().label("whole")
    statement = sa.select(Snapshot.id, Snapshot.as_of, Snapshot.taken_at, whole)
    every = session.execute(statement.order_by(Snapshot.id)).all()
    found = [(row.id, row.as_of) for row in every if row.whole]
    last_of_day = {as_of: snapshot_id for snapshot_id, as_of in found}
    days = kept_days(list(last_of_day), today=day_of(now))
    # That of the latest day, which always stays, says what was told last of first attempts.
    kept = {last_of_day[day] for day in days}
    # What was never finished goes too, once it cannot be under way.
    kept |= {row.id for row in every if not row.whole and row.taken_at > now - LONGEST_TAKING}
    return [row.id for row in every if row.id not in kept]


def hide(session: Session, snapshot_id: int) -> None:
    """Take the roots out of a snapshot: no page shows it any more, nor finds it half dropped."""
    unit = SnapshotUnit
    session.execute(
        sa.delete(unit).where(unit.snapshot_id == snapshot_id, unit.parent_id.is_(None))
    )


def drop_units(session: Session, snapshot_id: int, units: range) -> None:
    """Delete what a snapshot holds of units with such ids."""
    for model in PARTS:
        key = model.__table__.c
        of_units = key.unit_id.between(units[0], units[-1])
        session.execute(sa.delete(model).where(key.snapshot_id == snapshot_id, of_units))


def drop(session: Session, snapshot_id: int) -> None:
    """Delete a snapshot that holds nothing any more."""
    session.execute(sa.delete(Snapshot).where(Snapshot.id == snapshot_id))


def note_thinning(session: Session, count: int) -> None:
    """Write in the journal how many snapshots were dropped."""
    record(session, Action.SNAPSHOTS_THINNED, actor_id=None, object_kind="snapshot", count=count)
