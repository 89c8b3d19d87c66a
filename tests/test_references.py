"""References that PostgreSQL checks by statement: no row names a snapshot that is not there."""

from __future__ import annotations

import threading
import time
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.extensions import db
from app.references import list_by_statement
from app.statistics.models import Snapshot, SnapshotTotal, SnapshotUnit
from tests.factories import Factories


def total(snapshot_id: int, unit_id: int = 1) -> dict[str, Any]:
    """Write a total as a row."""
    return {"snapshot_id": snapshot_id, "unit_id": unit_id, "module_id": 1, "corps": "",
            "owed": 0, "started": 0, "completed": 0, "overdue": 0, "expired": 0}  # fmt: skip


def add_snapshot(session: Session) -> int:
    """Add a snapshot and return its id."""
    taken = Snapshot(as_of=date(2026, 1, 1), taken_at=utc_now())
    session.add(taken)
    session.flush()
    return taken.id


def test_the_rows_of_a_snapshot_are_checked_by_statement(app: Flask) -> None:
    tables = {"snapshot_unit", "snapshot_cell", "snapshot_total", "snapshot_band"}
    of_units = ("snapshot_unit", "unit_id", "organisational_unit")
    of_snapshots = {(table, "snapshot_id", "snapshot") for table in tables}
    assert set(list_by_statement()) == {of_units, *of_snapshots}


def test_a_unit_that_is_not_there_has_no_place_in_a_snapshot(
    session: Session, factories: Factories
) -> None:
    here, unit = add_snapshot(session), factories.unit()
    counts = {"corps": "", "parent_id": None, "path": "", "code": "", "name": "", "kind": "",
              "population": 0, "asked": 0, "up_to_date": 0, "late": 0}  # fmt: skip
    rows = [{"snapshot_id": here, "unit_id": one, **counts} for one in (unit.id, unit.id + 1)]
    session.execute(sa.insert(SnapshotUnit), rows[:1])
    with pytest.raises(IntegrityError):
        session.execute(sa.insert(SnapshotUnit), rows[1:])


def test_a_row_that_names_no_snapshot_is_refused(session: Session) -> None:
    here = add_snapshot(session)
    rows = [total(here), total(here, 2), total(here + 1)]
    with pytest.raises(IntegrityError):
        session.execute(sa.insert(SnapshotTotal), rows)
    session.rollback()
    assert session.scalars(sa.select(SnapshotTotal)).all() == []


def test_a_snapshot_goes_after_its_rows_only(session: Session) -> None:
    here = add_snapshot(session)
    session.execute(sa.insert(SnapshotTotal), [total(here)])
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(sa.delete(Snapshot))
    session.rollback()
    session.execute(sa.delete(SnapshotTotal))
    session.execute(sa.delete(Snapshot))
    session.commit()
    assert session.scalars(sa.select(Snapshot)).all() == []


def test_rows_and_the_end_of_their_snapshot_do_not_cross(app: Flask) -> None:
    with app.app_context():
        here = write(add_snapshot)
        inside, refused = threading.Event(), []

        def add_slowly(session: Session) -> None:
            session.execute(sa.insert(SnapshotTotal), [total(here)])
            inside.set()
            time.sleep(0.3)

        def add() -> None:
            with app.app_context():
                write(add_slowly)

        thread = threading.Thread(target=add)
        thread.start()
        inside.wait()
        try:
            write(lambda session: session.execute(sa.delete(Snapshot)))
        except IntegrityError as error:
            refused.append(error)
        thread.join()
        assert refused
        kept = sa.select(sa.func.count()).select_from(SnapshotTotal)
        assert db.session.scalar(kept) == 1
        assert db.session.get(Snapshot, here) is not None
