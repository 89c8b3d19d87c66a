"""Reads of snapshots: a few rows by key each, whatever the number of agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.models import Module, ModuleVersion
from app.statistics.figures import (
    Counts,
    DatedCounts,
    GroupFigures,
    ModuleFigures,
    Taken,
    UnitFigures,
)
from app.statistics.models import (
    Snapshot,
    SnapshotBand,
    SnapshotCell,
    SnapshotTotal,
    SnapshotUnit,
)

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


Weights = Mapping[int, int]
"""How many times a unit's figures count in a sum: more or less than once under another tree."""


def select_counts(columns: Sequence[Any], module_ids: Sequence[int] | None) -> Rows:
    """Select columns of units and their counts, of people or of what some modules ask."""
    unit, total = SnapshotUnit, SnapshotTotal
    if module_ids is None:
        return sa.select(*columns, unit.population, unit.asked, unit.up_to_date, unit.late)
    valid = total.completed - total.expired
    sums = (sa.func.coalesce(sa.func.sum(part), 0) for part in (total.owed, valid, total.overdue))
    return (
        sa.select(
            *columns, unit.population,
            *(one.label(name) for one, name in zip(sums, ("asked", "valid", "late"), strict=True)),
        )
        .outerjoin(
            total,
            sa.and_(
                total.snapshot_id == unit.snapshot_id,
                total.unit_id == unit.unit_id,
                total.corps == unit.corps,
                total.module_id.in_(list(module_ids)),
            ),
        )
        .group_by(unit.snapshot_id, unit.unit_id, unit.corps)
    )  # fmt: skip


def weigh(column: Any, weights: Weights) -> sa.ColumnElement[int]:
    """Give the weight of the unit of a row."""
    if all(weight == 1 for weight in weights.values()):
        return sa.literal(1)
    return sa.case(dict(weights), value=column, else_=0)


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


def select_bands(
    snapshot_id: int, unit_ids: Sequence[int], module_ids: Sequence[int] | None
) -> sa.SelectBase:
    """Select the counts of units by band: people, and what modules ask of them."""
    band, cell, other = SnapshotBand, SnapshotCell, aliased(SnapshotBand)
    here = (band.snapshot_id == snapshot_id, band.unit_id.in_(unit_ids))
    counts = (band.asked, band.up_to_date, band.late)
    key = (band.unit_id, band.category)
    people = sa.select(*key, band.population, *counts).where(*here, band.module_id == 0)
    if module_ids is None:
        return people
    zero = sa.literal(0)
    # A unit without others below has no rows by module here: its cells say the same.
    above = sa.exists().where(
        other.snapshot_id == snapshot_id, other.unit_id == cell.unit_id, other.module_id != 0
    )
    return sa.union_all(
        sa.select(*key, band.population, zero.label("asked"), zero.label("up_to_date"),
                  zero.label("late")).where(*here, band.module_id == 0),
        sa.select(*key, zero, *counts).where(*here, band.module_id.in_(list(module_ids))),
        sa.select(cell.unit_id, cell.category, zero, cell.owed, cell.completed - cell.expired,
                  cell.overdue)
        .where(cell.snapshot_id == snapshot_id, cell.unit_id.in_(unit_ids),
               cell.module_id.in_(list(module_ids)), sa.not_(above)),
    )  # fmt: skip


def sum_of(column: Any) -> sa.Cast[int]:
    """Sum a column as a whole number; PostgreSQL makes a decimal of a sum of sums."""
    return sa.cast(sa.func.sum(column), sa.BigInteger)


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
    total = SnapshotTotal
    measures = (total.owed, total.started, total.completed, total.overdue, total.expired)
    weight = weigh(total.unit_id, weights)
    statement = (
        sa.select(total.module_id, *(sum_of(measure * weight) for measure in measures))
        .where(
            total.snapshot_id == snapshot_id,
            total.unit_id.in_(list(weights)),
            total.corps == corps,
            total.module_id.in_(list(module_ids)) if module_ids is not None else sa.true(),
        )
        .group_by(total.module_id)
        .order_by(total.module_id)
    )
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
