"""Reads of snapshots: a few rows by key each, whatever the number of agents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.models import Module, ModuleVersion
from app.statistics.by_unit import (
    MEASURES,
    Rows,
    Weights,
    select_bands,
    select_counts,
    select_measures,
    sum_of,
    weigh,
)
from app.statistics.figures import (
    Counts,
    DatedCounts,
    GroupFigures,
    ModuleFigures,
    Taken,
    UnitFigures,
)
from app.statistics.models import Snapshot, SnapshotUnit


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


def list_units(
    session: Session,
    snapshot_id: int,
    *,
    ids: Sequence[int] = (),
    parent_ids: Sequence[int] = (),
    corps: str = "",
    module_ids: Sequence[int] | None = None,
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
        select_counts(columns, module_ids)
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
    session: Session,
    snapshot_id: int,
    *,
    weights: Weights,
    module_ids: Sequence[int] | None = None,
) -> list[GroupFigures]:
    """List the counts of each corps that has someone in these units, summed over them."""
    unit = SnapshotUnit
    rows = (
        select_counts((unit.corps, weigh(unit.unit_id, weights).label("weight")), module_ids)
        .where(unit.snapshot_id == snapshot_id, unit.unit_id.in_(list(weights)), unit.corps != "")
        .subquery()
    )
    key, weight, *counts = rows.c
    return list_groups(session, sa.select(key, *(sum_of(one * weight) for one in counts)), key)


def list_by_band(
    session: Session,
    snapshot_id: int,
    *,
    weights: Weights,
    module_ids: Sequence[int] | None = None,
) -> list[GroupFigures]:
    """List the counts of each band of grades in these units, summed over them."""
    rows = select_bands(snapshot_id, list(weights), module_ids).subquery()
    weight = weigh(rows.c.unit_id, weights)
    sums = (sum_of(rows.c[name] * weight) for name in ("population", "asked", "up_to_date", "late"))
    return list_groups(session, sa.select(rows.c.category, *sums), rows.c.category)


def list_groups(session: Session, statement: Rows, key: Any) -> list[GroupFigures]:
    """List the groups that have someone in them."""
    population = list(statement.selected_columns)[1]
    grouped = statement.group_by(key).having(population > 0).order_by(key)
    return [GroupFigures(row[0], Counts(*row[1:])) for row in session.execute(grouped)]


def list_by_module(
    session: Session,
    snapshot_id: int,
    *,
    weights: Weights,
    corps: str = "",
    module_ids: Sequence[int] | None = None,
) -> list[ModuleFigures]:
    """List the counts of each module asked in these units, summed over them."""
    kept = select_measures(snapshot_id, list(weights), corps, module_ids).subquery("kept")
    weight = weigh(kept.c.unit_id, weights)
    sums = (sum_of(kept.c[name] * weight) for name in MEASURES)
    by_module = sa.select(kept.c.module_id, *sums).group_by(kept.c.module_id)
    statement = by_module.order_by(kept.c.module_id)
    rows: list[tuple[int, ...]] = [tuple(row) for row in session.execute(statement)]
    return [ModuleFigures(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


def list_trend(
    session: Session,
    snapshots: Sequence[Taken],
    *,
    unit_ids: Sequence[int],
    within: Sequence[int],
    corps: str = "",
    module_ids: Sequence[int] | None = None,
) -> list[DatedCounts]:
    """List the counts of these units over snapshots, the oldest first.

    A unit is left out of a snapshot in which it did not stand ``within`` one of these units.
    """
    unit = SnapshotUnit
    days = {taken.id: taken.as_of for taken in snapshots}
    stood = (unit.path.contains(f"/{above}/", autoescape=True) for above in within)
    rows = (
        select_counts((unit.snapshot_id,), module_ids)
        .where(
            unit.snapshot_id.in_(list(days)),
            unit.unit_id.in_(list(unit_ids)),
            unit.corps == corps,
            sa.or_(sa.false(), *stood),
        )
        .subquery()
    )
    key, *counts = rows.c
    statement = sa.select(key, *(sum_of(column) for column in counts)).group_by(key)
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
