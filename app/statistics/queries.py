"""Reads of snapshots: a few rows by key each, whatever the number of agents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.models import Module, ModuleVersion
from app.statistics.figures import (
    CorpsFigures,
    Counts,
    DatedCounts,
    ModuleFigures,
    Share,
    Taken,
    UnitFigures,
)
from app.statistics.models import Snapshot, SnapshotFirstTry, SnapshotTotal, SnapshotUnit

Rows = sa.Select[*tuple[Any, ...]]


def is_whole() -> sa.Exists:
    """Tell a snapshot that is all kept: the roots of its tree come last."""
    unit = SnapshotUnit
    return sa.exists().where(
        unit.snapshot_id == Snapshot.id, unit.parent_id.is_(None), unit.corps == ""
    )


def list_snapshots(session: Session) -> list[Taken]:
    """List the snapshots, the last one of each day, the latest day first."""
    last = sa.select(sa.func.max(Snapshot.id)).where(is_whole()).group_by(Snapshot.as_of)
    statement = (
        sa.select(Snapshot.id, Snapshot.as_of, Snapshot.taken_at)
        .where(Snapshot.id.in_(last))
        .order_by(Snapshot.as_of.desc())
    )
    return [Taken(*row) for row in session.execute(statement)]


def select_counts(columns: Sequence[Any], module_id: int | None) -> Rows:
    """Select columns of units and their counts, of people or of what one module asks."""
    unit, total = SnapshotUnit, SnapshotTotal
    if module_id is None:
        return sa.select(*columns, unit.population, unit.asked, unit.up_to_date, unit.late)
    valid = sa.func.coalesce(total.completed - total.expired, 0)
    owed, overdue = sa.func.coalesce(total.owed, 0), sa.func.coalesce(total.overdue, 0)
    return sa.select(*columns, unit.population, owed, valid, overdue).outerjoin(
        total,
        sa.and_(
            total.snapshot_id == unit.snapshot_id,
            total.unit_id == unit.unit_id,
            total.corps == unit.corps,
            total.module_id == module_id,
        ),
    )


def list_units(
    session: Session,
    snapshot_id: int,
    *,
    ids: Sequence[int] = (),
    parent_ids: Sequence[int] = (),
    corps: str = "",
    module_id: int | None = None,
) -> list[UnitFigures]:
    """List units by their ids or by the units right above them, by name."""
    unit = SnapshotUnit
    columns = (unit.unit_id, unit.parent_id, unit.path, unit.name)
    key = aliased(unit)
    keys = (
        sa.select(key.unit_id).where(
            key.snapshot_id == snapshot_id, key.corps == corps, column.in_(list(wanted))
        )
        for column, wanted in ((key.unit_id, ids), (key.parent_id, parent_ids))
    )  # Each by its own index: asked for with OR, SQLite goes through every unit.
    statement = (
        select_counts(columns, module_id)
        .where(
            unit.snapshot_id == snapshot_id,
            unit.corps == corps,
            unit.unit_id.in_(sa.union_all(*keys)),
        )
        .order_by(unit.name, unit.unit_id)
    )
    return [
        UnitFigures(row[0], row[1], row[2], row[3], Counts(*row[4:]))
        for row in session.execute(statement)
    ]


def list_by_corps(
    session: Session, snapshot_id: int, *, unit_ids: Sequence[int], module_id: int | None = None
) -> list[CorpsFigures]:
    """List the counts of each corps that has someone in these units, summed over them."""
    unit = SnapshotUnit
    rows = (
        select_counts((unit.corps,), module_id)
        .where(unit.snapshot_id == snapshot_id, unit.unit_id.in_(list(unit_ids)), unit.corps != "")
        .subquery()
    )
    key, *counts = rows.c
    sums = [sa.func.sum(column) for column in counts]
    statement = sa.select(key, *sums).group_by(key).having(sums[0] > 0).order_by(key)
    return [CorpsFigures(row[0], Counts(*row[1:])) for row in session.execute(statement)]


def list_by_module(
    session: Session,
    snapshot_id: int,
    *,
    unit_ids: Sequence[int],
    corps: str = "",
    module_id: int | None = None,
) -> list[ModuleFigures]:
    """List the counts of each module asked in these units, summed over them."""
    total = SnapshotTotal
    measures = (total.owed, total.started, total.completed, total.overdue, total.expired)
    statement = (
        sa.select(total.module_id, *(sa.func.sum(measure) for measure in measures))
        .where(
            total.snapshot_id == snapshot_id,
            total.unit_id.in_(list(unit_ids)),
            total.corps == corps,
            total.module_id == module_id if module_id is not None else sa.true(),
        )
        .group_by(total.module_id)
        .order_by(total.module_id)
    )
    rows: list[tuple[int, ...]] = [tuple(row) for row in session.execute(statement)]
    return [ModuleFigures(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


def list_first_tries(
    session: Session, snapshot_id: int, *, paths: Sequence[str]
) -> dict[int, Share]:
    """Map modules to what may be told of first attempts below these paths."""
    told, unit = SnapshotFirstTry, SnapshotUnit
    statement = (
        sa.select(told.module_id, sa.func.sum(told.first_try), sa.func.sum(told.completed))
        .join(
            unit,
            sa.and_(
                unit.snapshot_id == told.snapshot_id, unit.unit_id == told.unit_id, unit.corps == ""
            ),
        )
        .where(
            told.snapshot_id == snapshot_id,
            sa.or_(sa.false(), *(unit.path.startswith(path, autoescape=True) for path in paths)),
        )
        .group_by(told.module_id)
    )
    return {row[0]: Share(row[1], row[2]) for row in session.execute(statement)}


def list_trend(
    session: Session,
    snapshots: Sequence[Taken],
    *,
    unit_ids: Sequence[int],
    within: Sequence[int],
    corps: str = "",
    module_id: int | None = None,
) -> list[DatedCounts]:
    """List the counts of these units over snapshots, the oldest first.

    A unit is left out of a snapshot in which it did not stand ``within`` one of these units.
    """
    unit = SnapshotUnit
    days = {taken.id: taken.as_of for taken in snapshots}
    stood = (unit.path.contains(f"/{above}/", autoescape=True) for above in within)
    rows = (
        select_counts((unit.snapshot_id,), module_id)
        .where(
            unit.snapshot_id.in_(list(days)),
            unit.unit_id.in_(list(unit_ids)),
            unit.corps == corps,
            sa.or_(sa.false(), *stood),
        )
        .subquery()
    )
    key, *counts = rows.c
    statement = sa.select(key, *(sa.func.sum(column) for column in counts)).group_by(key)
    found = [DatedCounts(days[row[0]], Counts(*row[1:])) for row in session.execute(statement)]
    return sorted(found, key=lambda dated: dated.as_of)


def map_titles(session: Session, language: str) -> dict[int, tuple[str, str]]:
    """Map every module, retired or not, to its slug and its title in a language."""
    latest = (
        sa.select(sa.func.max(ModuleVersion.number))
        .where(ModuleVersion.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    statement = (
        sa.select(Module.id, Module.slug, ModuleVersion.titles)
        .join(ModuleVersion, ModuleVersion.module_id == Module.id)
        .where(ModuleVersion.number == latest)
        .order_by(Module.slug)
    )
    return {
        row.id: (row.slug, row.titles.get(language) or row.titles.get(REFERENCE_LANGUAGE, row.slug))
        for row in session.execute(statement)
    }
