"""The figures of one moment, kept as they were counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, foreign_key, utc_now
from app.references import key_by_statement

BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}
"""Rows of SQLite stand in the order of their key, once: half the place, and of the writing."""


def counted_key() -> Any:
    """Declare the id of a unit or a module in a key, without a reference (decision 0022).

    Looking it up for each row would cost PostgreSQL more than the row; neither is ever deleted.
    """
    return mapped_column(primary_key=True, autoincrement=False)


class Snapshot(Model):
    """When figures were counted, and as of which day."""

    __tablename__ = "snapshot"
    append_only = frozenset({"update"})

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date] = mapped_column(index=True)
    taken_at: Mapped[datetime] = mapped_column(default=utc_now)
    taken_by_id: Mapped[int | None] = foreign_key("agent.id")
    last_completion_id: Mapped[int] = mapped_column(default=0, server_default="0")
    """The last completion that was recorded when the passes were counted."""


class SnapshotUnit(Model):
    """A unit as it stood, and its people counted with all below, for one corps or all ('')."""

    __tablename__ = "snapshot_unit"
    __table_args__ = (
        sa.Index("ix_snapshot_unit_below", "snapshot_id", "corps", "parent_id", "unit_id"),
    )
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = key_by_statement("snapshot.id")
    unit_id: Mapped[int] = key_by_statement("organisational_unit.id")
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


class SnapshotCell(Counts, Model):
    """Counts of the agents whose own unit is this one."""

    __tablename__ = "snapshot_cell"
    __table_args__ = BY_KEY
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = key_by_statement("snapshot.id")
    unit_id: Mapped[int] = counted_key()
    module_id: Mapped[int] = counted_key()
    corps: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)


class SnapshotTotal(Counts, Model):
    """Counts of a unit with all below it, by module, for one corps or all ('').

    A unit that has none below has no such row: its cells say the same.
    """

    __tablename__ = "snapshot_total"
    __table_args__ = BY_KEY
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = key_by_statement("snapshot.id")
    unit_id: Mapped[int] = counted_key()
    module_id: Mapped[int] = counted_key()
    corps: Mapped[str] = mapped_column(primary_key=True, default="")


class SnapshotBand(Model):
    """Counts of a unit with all below it by band of grades: of people, or of what is asked.

    With a module, ``asked`` is how many owe it, ``up_to_date`` how many of those hold a valid proof
    and ``late`` how many are past its date; only units that have others below have such rows, as
    the cells of the others say the same.
    """

    __tablename__ = "snapshot_band"
    __table_args__ = BY_KEY
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = key_by_statement("snapshot.id")
    unit_id: Mapped[int] = counted_key()
    module_id: Mapped[int] = counted_key()
    """0 for people, whatever they owe."""
    category: Mapped[str] = mapped_column(primary_key=True)
    population: Mapped[int]
    asked: Mapped[int]
    up_to_date: Mapped[int]
    late: Mapped[int]


class SnapshotFirstTry(Model):
    """Passes of a module in a unit just under a root (or the root itself), and who may know.

    About answers: it is told under the unit's own name, or among its root's other units, and only
    by groups of enough passes; the rest waits. What is told once stays told.
    """

    __tablename__ = "snapshot_first_try"
    append_only = frozenset({"update"})

    snapshot_id: Mapped[int] = foreign_key("snapshot.id", primary_key=True, index=False)
    unit_id: Mapped[int] = foreign_key("organisational_unit.id", primary_key=True, index=False)
    module_id: Mapped[int] = foreign_key("module.id", primary_key=True, index=False)
    root_id: Mapped[int]
    passed: Mapped[int]
    """Passes told under the unit's name; of which at the first attempt:"""
    first_try: Mapped[int]
    merged: Mapped[int]
    """Passes told among other units only; of which at the first attempt:"""
    merged_first_try: Mapped[int]
    waiting: Mapped[int]
    """Passes not told yet; of which at the first attempt:"""
    waiting_first_try: Mapped[int]
