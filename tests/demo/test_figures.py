"""The figures and the journal look lived in."""

from __future__ import annotations

import itertools
from collections import Counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.catalogue.models import ModuleVersion
from app.journal.models import JournalEntry
from app.learning.models import Completion
from app.statistics.models import Snapshot, SnapshotTotal, SnapshotUnit


def count(session: Session, model: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_figures_look_lived_in(reading: Session) -> None:
    latest = reading.scalar(sa.select(sa.func.max(Snapshot.id)))
    rows = reading.scalars(
        sa.select(SnapshotUnit).where(
            SnapshotUnit.snapshot_id == latest, SnapshotUnit.corps == "", SnapshotUnit.asked >= 5
        )
    ).all()
    shares = [row.up_to_date / row.asked for row in rows]
    assert len(shares) > 40
    assert min(shares) >= 0.2
    assert max(shares) < 1
    assert 0.55 < sum(row.up_to_date for row in rows) / sum(row.asked for row in rows) < 0.9
    whole = next(row for row in rows if row.parent_id is None)
    assert whole.population == 400
    assert count(reading, Snapshot) > 24


def test_the_trend_lives_completions_grow_and_each_campaign_asks_anew(reading: Session) -> None:
    rows = reading.execute(
        sa.select(Snapshot.as_of, SnapshotUnit.up_to_date, sa.func.sum(SnapshotTotal.completed))
        .join(Snapshot, Snapshot.id == SnapshotUnit.snapshot_id)
        .join(
            SnapshotTotal,
            sa.and_(
                SnapshotTotal.snapshot_id == SnapshotUnit.snapshot_id,
                SnapshotTotal.unit_id == SnapshotUnit.unit_id,
                SnapshotTotal.corps == "",
            ),
        )
        .where(SnapshotUnit.parent_id.is_(None), SnapshotUnit.corps == "")
        .group_by(Snapshot.as_of, SnapshotUnit.up_to_date)
        .order_by(Snapshot.as_of)
    ).all()
    days, up_to_date, completed = zip(*rows, strict=True)
    assert (days[-1] - days[0]).days > 650
    assert list(completed) == sorted(completed)
    falls = [later < before for before, later in itertools.pairwise(up_to_date)]
    assert 2 < sum(falls) < len(falls) / 2


def test_the_journal_tells_it_in_order(reading: Session) -> None:
    actions = Counter(reading.scalars(sa.select(JournalEntry.action)))
    assert actions["completed"] == actions["certificate_issued"] == count(reading, Completion)
    assert actions["campaign_created"] == count(reading, Campaign)
    assert actions["campaign_enrolled"] > actions["campaign_created"]
    assert actions["snapshot_taken"] == count(reading, Snapshot)
    assert actions["signed_in"] > 2000
    published = JournalEntry.action == "module_published"
    told = reading.scalars(sa.select(JournalEntry.at).where(~published).order_by(JournalEntry.id))
    moments = told.all()
    assert moments == sorted(moments)
    dated = reading.scalars(sa.select(JournalEntry.at).where(published)).all()
    assert set(dated) == set(reading.scalars(sa.select(ModuleVersion.published_at)))
