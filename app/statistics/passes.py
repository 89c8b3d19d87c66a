"""Passes at the first attempt, counted once each from one snapshot to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days import day_of, end_of
from app.learning.models import Attempt, Completion
from app.statistics.models import Snapshot, SnapshotFirstTry
from app.statistics.telling import Passes, Told, add_waiting, tell

Partition = dict[tuple[int, int], dict[int, Told]]
"""By root and module, what is told of each unit."""


@dataclass(frozen=True, slots=True)
class NewPasses:
    """The passes recorded since the snapshot that came before."""

    since_id: int | None
    last_completion_id: int
    counts: Mapping[tuple[int, int], Mapping[int, Passes]]
    """By root and module, then by unit just under the root, or the root itself."""


def find_last(session: Session, *, as_of: date | None = None) -> Snapshot | None:
    """Find the snapshot that told last, of all or up to a day."""
    told = sa.exists().where(SnapshotFirstTry.snapshot_id == Snapshot.id)
    statement = sa.select(Snapshot).where(
        told, Snapshot.as_of <= as_of if as_of is not None else sa.true()
    )
    return session.scalars(
        statement.order_by(Snapshot.as_of.desc(), Snapshot.id.desc()).limit(1)
    ).first()


def count_new_passes(session: Session, *, as_of: date) -> NewPasses:
    """Count the passes known at the end of a day that no snapshot has counted."""
    last = find_last(session)
    highest = session.scalar(sa.select(sa.func.max(Completion.id))) or 0
    counts: dict[tuple[int, int], dict[int, Passes]] = defaultdict(dict)
    if last is not None and last.as_of > as_of:
        return NewPasses(last.id, highest, counts)  # A later day has told them already.
    passed = (
        sa.select(Completion.unit_path, Completion.module_id, sa.func.count(),
                  sa.func.sum(sa.case((Attempt.number == 1, 1), else_=0)))
        .join(Attempt, Attempt.id == Completion.attempt_id)
        .where(Completion.completed_at < end_of(as_of), is_new(last))
        .group_by(Completion.unit_path, Completion.module_id)
    )  # fmt: skip
    for path, module_id, passes, first_tries in session.execute(passed):
        root_id, unit_id = place(path)
        units = counts[root_id, module_id]
        units[unit_id] = units.get(unit_id, Passes()) + Passes(passes, first_tries)
    return NewPasses(last.id if last else None, highest, counts)


def is_new(last: Snapshot | None) -> sa.ColumnElement[bool]:
    """Tell the completions that the last snapshot has not counted."""
    if last is None:
        return sa.true()
    since = Completion.id > last.last_completion_id
    if day_of(last.taken_at) == last.as_of:
        return since  # It counted all that there was, none of which was to come.
    return sa.or_(since, Completion.completed_at >= end_of(last.as_of))


def place(path: str) -> tuple[int, int]:
    """Give the root of the unit where someone passed, and the unit just under it, if any.

    Where they were that day: no move, and no unit put elsewhere since, changes it.
    """
    ids = [int(part) for part in path.split("/")[1:3] if part]
    return ids[0], ids[-1]


def keep_passes(
    session: Session, taken: Snapshot, passes: NewPasses, *, smallest_group: int
) -> None:
    """Keep with a snapshot what may be told from it on."""
    last = find_last(session)
    if (last.id if last else None) != passes.since_id:
        passes = count_new_passes(session, as_of=taken.as_of)  # Another one came in between.
    if last is not None and last.as_of > taken.as_of:
        partition = read_partition(session, find_last(session, as_of=taken.as_of))
    else:
        before = read_partition(session, last)
        partition = {
            key: tell(
                add_waiting(before.get(key, {}), passes.counts.get(key, {})),
                smallest_group=smallest_group,
            )
            for key in sorted({*before, *passes.counts})
        }
    rows = [
        make_row(taken.id, root_id, module_id, unit_id, told)
        for (root_id, module_id), units in partition.items()
        for unit_id, told in units.items()
    ]
    if rows:
        session.execute(sa.insert(SnapshotFirstTry), rows)


def read_partition(session: Session, taken: Snapshot | None) -> Partition:
    """Read what a snapshot tells, and what it keeps waiting."""
    found: Partition = defaultdict(dict)
    if taken is None:
        return found
    row = SnapshotFirstTry
    statement = sa.select(
        row.root_id, row.module_id, row.unit_id, row.passed, row.first_try, row.merged,
        row.merged_first_try, row.waiting, row.waiting_first_try,
    ).where(row.snapshot_id == taken.id)  # fmt: skip
    for root_id, module_id, unit_id, *numbers in session.execute(statement):
        pairs = (Passes(*numbers[at : at + 2]) for at in (0, 2, 4))
        found[root_id, module_id][unit_id] = Told(*pairs)
    return found


def make_row(
    snapshot_id: int, root_id: int, module_id: int, unit_id: int, told: Told
) -> dict[str, int]:
    """Write what is told of a unit as a row."""
    return {
        "snapshot_id": snapshot_id, "root_id": root_id, "module_id": module_id, "unit_id": unit_id,
        "passed": told.own.passed, "first_try": told.own.first_try,
        "merged": told.merged.passed, "merged_first_try": told.merged.first_try,
        "waiting": told.waiting.passed, "waiting_first_try": told.waiting.first_try,
    }  # fmt: skip
