"""How what a snapshot keeps of units is read: by module, or by band of grades.

A unit that has others below has totals; the cells of one that has none say the same, and are summed
when they are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.statistics.models import SnapshotBand, SnapshotCell, SnapshotTotal, SnapshotUnit

Rows = sa.Select[*tuple[Any, ...]]

MEASURES = ("owed", "started", "completed", "overdue", "expired")
Weights = Mapping[int, int]
"""How many times a unit's figures count in a sum: more or less than once under another tree."""


def weigh(column: Any, weights: Weights) -> sa.ColumnElement[int]:
    """Give the weight of the unit of a row."""
    if all(weight == 1 for weight in weights.values()):
        return sa.literal(1)
    return sa.case(dict(weights), value=column, else_=0)


def sum_of(column: Any) -> sa.Cast[int]:
    """Sum a column as a whole number; PostgreSQL makes a decimal of a sum of sums."""
    return sa.cast(sa.func.sum(column), sa.BigInteger)


def select_counts(columns: Sequence[Any], module_ids: Sequence[int] | None) -> Rows:
    """Select columns of units and their counts, of people or of what some modules ask."""
    unit, total, cell = SnapshotUnit, SnapshotTotal, SnapshotCell
    if module_ids is None:
        return sa.select(*columns, unit.population, unit.asked, unit.up_to_date, unit.late)
    modules = list(module_ids)
    sums = {
        "asked": sa.func.coalesce(total.owed, cell.owed),
        "valid": sa.func.coalesce(total.completed - total.expired, cell.completed - cell.expired),
        "late": sa.func.coalesce(total.overdue, cell.overdue),
    }
    counts = (sa.func.coalesce(sa.func.sum(one), 0).label(name) for name, one in sums.items())
    return (
        sa.select(*columns, unit.population, *counts)
        .outerjoin(
            total,
            sa.and_(
                total.snapshot_id == unit.snapshot_id,
                total.unit_id == unit.unit_id,
                total.module_id.in_(modules),
                total.corps == unit.corps,
            ),
        )
        .outerjoin(
            cell,
            sa.and_(
                total.unit_id.is_(
                    None
                ),  # Wherever there are cells, the unit has its totals or none.
                cell.snapshot_id == unit.snapshot_id,
                cell.unit_id == unit.unit_id,
                cell.module_id.in_(modules),
                sa.or_(unit.corps == "", cell.corps == unit.corps),
            ),
        )
        .group_by(unit.snapshot_id, unit.unit_id, unit.corps)
    )


def select_measures(
    snapshot_id: int, unit_ids: Sequence[int], corps: str, module_ids: Sequence[int] | None
) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """Select the measures of units by module, for one corps or all ('')."""
    total, cell, other = SnapshotTotal, SnapshotCell, aliased(SnapshotTotal)
    above = sa.exists().where(other.snapshot_id == snapshot_id, other.unit_id == cell.unit_id)
    of_corps = (total.corps == corps, sa.true() if corps == "" else cell.corps == corps)
    return sa.union_all(
        *(
            sa.select(one.unit_id, one.module_id, *(getattr(one, name) for name in MEASURES)).where(
                one.snapshot_id == snapshot_id,
                one.unit_id.in_(unit_ids),
                sa.true() if module_ids is None else one.module_id.in_(list(module_ids)),
                *conditions,
            )
            for one, conditions in ((total, of_corps[:1]), (cell, (of_corps[1], ~above)))
        )
    )


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
