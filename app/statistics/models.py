"""The figures of one moment, kept as they were counted."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, foreign_key, utc_now


class Snapshot(Model):
    """When figures were counted, and as of which day."""

    __tablename__ = "snapshot"
    append_only = frozenset({"update"})

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date] = mapped_column(index=True)
    taken_at: Mapped[datetime] = mapped_column(default=utc_now)
    taken_by_id: Mapped[int | None] = foreign_key("agent.id")


class SnapshotUnit(Model):
    """A unit as it stood, and its people counted with all below, for one corps or all ('')."""

    __tablename__ = "snapshot_unit"
    __table_args__ = (sa.Index("ix_snapshot_unit_parent", "snapshot_id", "parent_id", "corps"),)
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = foreign_key("snapshot.id", primary_key=True, index=False)
    unit_id: Mapped[int] = foreign_key("organisational_unit.id", primary_key=True, index=False)
    corps: Mapped[str] = mapped_column(primary_key=True, default="")
    parent_id: Mapped[int | None]
    path: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    population: Mapped[int]
    """Active agents."""
    asked: Mapped[int]
    """Of them, those who owe at least one module."""
    up_to_date: Mapped[int]
    """Of those asked, those who have completed all that they owe and whose proof is valid."""
    late: Mapped[int]
    """Of those asked, those with at least one module past its due date."""


class Counts:
    """The measures of a cell; a completion is never merged with another measure."""

    owed: Mapped[int] = mapped_column(default=0)
    started: Mapped[int] = mapped_column(default=0)
    completed: Mapped[int] = mapped_column(default=0)
    overdue: Mapped[int] = mapped_column(default=0)
    expired: Mapped[int] = mapped_column(default=0)
    first_try: Mapped[int] = mapped_column(default=0)
    """Passed at the first attempt: about answers, hence shown only over enough agents."""


class SnapshotCell(Counts, Model):
    """Counts of the agents whose own unit is this one."""

    __tablename__ = "snapshot_cell"
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = foreign_key("snapshot.id", primary_key=True, index=False)
    unit_id: Mapped[int] = foreign_key("organisational_unit.id", primary_key=True, index=False)
    module_id: Mapped[int] = foreign_key("module.id", primary_key=True, index=False)
    corps: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)


class SnapshotTotal(Counts, Model):
    """Counts of a unit with all below it, by module, for one corps or all ('')."""

    __tablename__ = "snapshot_total"
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = foreign_key("snapshot.id", primary_key=True, index=False)
    unit_id: Mapped[int] = foreign_key("organisational_unit.id", primary_key=True, index=False)
    module_id: Mapped[int] = foreign_key("module.id", primary_key=True, index=False)
    corps: Mapped[str] = mapped_column(primary_key=True, default="")


class SnapshotFirstTry(Model):
    """What may be told of first attempts: a unit just under a root, and one module.

    These units are the one partition on which it is told, whole or in sums. A pair of figures
    replaces the last one only where enough more agents have completed; no row: not told.
    """

    __tablename__ = "snapshot_first_try"
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = foreign_key("snapshot.id", primary_key=True, index=False)
    unit_id: Mapped[int] = foreign_key("organisational_unit.id", primary_key=True, index=False)
    module_id: Mapped[int] = foreign_key("module.id", primary_key=True, index=False)
    completed: Mapped[int]
    first_try: Mapped[int]
