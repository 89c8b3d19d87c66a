"""Reads of what is told of first attempts, always whole groups of passes."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.statistics.by_unit import sum_of
from app.statistics.figures import Share
from app.statistics.models import SnapshotFirstTry


def list_first_tries(
    session: Session, snapshot_id: int, *, unit_ids: Sequence[int]
) -> dict[int, Share]:
    """Map modules to what may be told of first attempts in these units.

    A root has all that is told, a unit right under it what is told under its name.
    """
    row, ids = SnapshotFirstTry, list(unit_ids)
    of_root = row.root_id.in_(ids)
    passed = row.passed + sa.case((of_root, row.merged), else_=0)
    first = row.first_try + sa.case((of_root, row.merged_first_try), else_=0)
    statement = (
        sa.select(row.module_id, sum_of(first), sum_of(passed))
        .where(row.snapshot_id == snapshot_id, sa.or_(of_root, row.unit_id.in_(ids)))
        .group_by(row.module_id)
        .having(sum_of(passed) > 0)
    )
    return {found[0]: Share(found[1], found[2]) for found in session.execute(statement)}


def list_partition(
    session: Session, snapshot_id: int, *, root_id: int, module_ids: Sequence[int] | None
) -> dict[int | None, Share]:
    """Map the units under a root to what is told under their name, and None to the others'."""
    row = SnapshotFirstTry
    statement = (
        sa.select(row.unit_id, sum_of(row.first_try), sum_of(row.passed),
                  sum_of(row.merged_first_try), sum_of(row.merged))
        .where(
            row.snapshot_id == snapshot_id, row.root_id == root_id,
            row.module_id.in_(list(module_ids)) if module_ids is not None else sa.true(),
        )
        .group_by(row.unit_id)
    )  # fmt: skip
    found: dict[int | None, Share] = {}
    others = Share(0, 0)
    for unit_id, first, passed, merged_first, merged in session.execute(statement):
        others = Share(others.part + merged_first, others.whole + merged)
        if passed:
            found[unit_id] = Share(first, passed)
    return found | ({None: others} if others.whole else {})
