"""Snapshots of a large organisation: the same figures, kept bit by bit, shown once whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from app.database import write
from app.journal.models import JournalEntry
from app.people.models import Setting
from app.statistics import filling, services, taking, thinning
from app.statistics.models import Snapshot, SnapshotUnit
from app.statistics.queries import list_snapshots
from tests.campaigns.making import noon
from tests.statistics.history import LAST, make_history

NOW = noon(LAST)


@pytest.fixture
def history(session, factories, app):
    make_history(session, factories, 5)
    session.commit()
    with app.app_context():
        yield session


def figures_of(session, snapshot_id):
    """Read every row of a snapshot, but for which one it is."""
    session.rollback()
    return [
        sorted(
            tuple(str(value) for value in row[1:])
            for row in session.execute(
                select(model.__table__).where(model.__table__.c.snapshot_id == snapshot_id)
            )
        )
        for model in services.PARTS
    ]


def take(**options):
    return taking.take_in_batches(as_of=LAST, now=NOW, **options)


@pytest.mark.parametrize("at_once", [1, 7, 5000])
def test_it_is_what_one_transaction_keeps(history, monkeypatch, at_once):
    monkeypatch.setattr(taking, "AT_ONCE", dict.fromkeys(taking.AT_ONCE, at_once))
    whole = write(services.take_snapshot, as_of=LAST, now=NOW)
    in_batches = take()
    assert figures_of(history, in_batches) == figures_of(history, whole)
    entries = select(sa.func.count()).where(JournalEntry.object_kind == "snapshot")
    assert history.scalar(entries) == 2


def test_nobody_waits_while_it_counts(history, monkeypatch):
    count_up = services.count_up

    def count_then_write(session, **options):
        passes = count_up(session, **options)
        write(lambda other: other.add(Setting(key="beside", value="written")))
        return passes

    monkeypatch.setattr(services, "count_up", count_then_write)
    assert take()
    history.rollback()
    assert history.get(Setting, "beside") is not None


def test_what_it_counts_is_of_one_moment(history, monkeypatch, app):
    """Figures of units and of modules agree, though someone leaves in between."""
    before = figures_of(history, take())
    fill = filling.fill

    def leave_then_fill(session, table, rows):
        if table is filling.PERSON:
            write(lambda other: other.execute(
                sa.text("UPDATE agent SET deactivated_at = created_at")))  # fmt: skip
        fill(session, table, rows)

    monkeypatch.setattr(filling, "fill", leave_then_fill)
    assert figures_of(history, take()) == before


def test_postgresql_has_seen_it_before_a_page_reads_it(history):
    take()
    kept = history.scalar(select(sa.func.count()).select_from(SnapshotUnit))
    assert kept > 1
    if history.get_bind().dialect.name == "postgresql":
        seen = "SELECT reltuples FROM pg_class WHERE relname = 'snapshot_unit'"
        assert history.scalar(sa.text(seen)) == kept


def test_no_page_shows_one_that_is_not_whole(history, monkeypatch):
    first = take()

    def fail(*_args, **_options):
        raise RuntimeError("killed")

    monkeypatch.setattr(taking, "finish", fail)
    with pytest.raises(RuntimeError, match="killed"):
        take()
    history.rollback()
    assert history.scalar(select(sa.func.count()).select_from(Snapshot)) == 2
    assert [taken.id for taken in list_snapshots(history)] == [first]


def test_one_that_was_never_finished_is_dropped_after_some_hours(history, monkeypatch):
    first = take()
    monkeypatch.setattr(taking, "finish", lambda *_: None)
    take()
    assert thinning.thin(now=NOW + timedelta(hours=1)) == 0
    assert thinning.thin(now=NOW + timedelta(hours=7)) == 1
    history.rollback()
    assert list(history.scalars(select(Snapshot.id))) == [first]


def test_it_can_be_taken_again_after_a_failure(history, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(services, "open_snapshot", lambda *_args, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take()
    assert take()


def test_a_day_to_come_is_refused(history):
    with pytest.raises(ValueError, match="day to come"):
        taking.take_in_batches(as_of=LAST + timedelta(days=1), now=NOW)
    history.rollback()
    assert history.scalar(select(sa.func.count()).select_from(Snapshot)) == 0


def test_going_through_what_was_counted_may_last_longer_than_on_a_page(history, monkeypatch):
    """PostgreSQL ends a transaction that leaves it idle: for a page, after ten seconds."""
    seen = []

    def look(session, *, as_of):
        if session.get_bind().dialect.name == "postgresql":
            seen.append(session.scalar(sa.text("SHOW idle_in_transaction_session_timeout")))
        return count(session, as_of=as_of)

    count = services.count_new_passes
    monkeypatch.setattr(services, "count_new_passes", look)
    assert take()
    is_postgresql = history.get_bind().dialect.name == "postgresql"
    assert seen == (["5min"] if is_postgresql else [])


def test_dropping_goes_by_short_writes_and_is_gone_on_with(history, monkeypatch):
    first, second = take(), take()
    monkeypatch.setattr(thinning, "UNITS_AT_ONCE", dict.fromkeys(thinning.UNITS_AT_ONCE, 1))
    drop_units, dropped = services.drop_units, []

    def die_at_the_third(session, snapshot_id, units):
        dropped.append(len(units))
        if len(dropped) == 3:
            raise KeyboardInterrupt
        drop_units(session, snapshot_id, units)

    monkeypatch.setattr(services, "drop_units", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        thinning.thin(now=NOW)
    history.rollback()
    assert [taken.id for taken in list_snapshots(history)] == [second]
    monkeypatch.setattr(services, "drop_units", drop_units)
    whole = figures_of(history, second)
    assert thinning.thin(now=NOW) == 0  # It may still be under way.
    assert thinning.thin(now=NOW + timedelta(hours=7)) == 1
    assert set(dropped) == {1}
    assert figures_of(history, first) == [[]] * len(services.PARTS)
    assert figures_of(history, second) == whole
    assert history.get(Snapshot, first) is None
