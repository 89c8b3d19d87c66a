"""The figures of a past tree of units, shown under today's tree.

A unit that was put elsewhere or merged since takes with it, from the units that it was under then
to those it is under now, all that is counted in it but for what moved away on its own. So today's
figure of a unit is a sum of figures kept then, each added or taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import OrganisationalUnit
from app.statistics.models import SnapshotUnit


@dataclass(frozen=True, slots=True)
class Move:
    """A unit that stands elsewhere than it did: the units above it then, and now."""

    unit_id: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    """The unit that it was merged into comes last."""


class Structure:
    """What moved in the tree since a snapshot."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self.moves = moves

    @cached_property
    def blocks(self) -> dict[int, Counter[int]]:
        """Map each unit that moved to what goes with it: itself, less what moved on its own."""
        found = {move.unit_id: Counter({move.unit_id: 1}) for move in self.moves}
        for move in self.moves:
            around = next((one for one in reversed(move.before) if one in found), None)
            if around is not None:
                found[around][move.unit_id] -= 1
        return found

    def weigh(self, unit_id: int) -> dict[int, int]:
        """Tell how many times the figure of each unit then counts in today's figure of a unit."""
        weights = Counter({unit_id: 1})
        for move in self.moves:
            times = (unit_id in move.after) - (unit_id in move.before)
            for other, weight in self.blocks[move.unit_id].items():
                weights[other] += times * weight
        return {other: weight for other, weight in weights.items() if weight}


def read_structure(session: Session, snapshot_id: int) -> Structure:
    """Read which units of a snapshot stand elsewhere today."""
    then, now = SnapshotUnit, OrganisationalUnit
    statement = (
        sa.select(then.unit_id, then.path, now.path, now.merged_into_id)
        .join(now, now.id == then.unit_id)
        .where(
            then.snapshot_id == snapshot_id,
            then.corps == "",
            then.unit_id.in_(select_changed(snapshot_id)),
        )
    )
    rows = session.execute(statement).all()
    targets = find_targets(session, {row[3] for row in rows if row[3] is not None})
    return Structure(
        [
            Move(unit_id, split(before)[:-1],
                 split(after)[:-1] if into is None else targets[into])
            for unit_id, before, after, into in rows
        ]
    )  # fmt: skip


def select_changed(snapshot_id: int) -> sa.Select[tuple[int]]:
    """Select the units of a snapshot that are no longer below the same one, or that were merged.

    Which stood below which is compared between two indexes that hold nothing else, in one order: no
    unit is looked up.
    """
    then, now = SnapshotUnit, OrganisationalUnit
    stood = sa.select(then.parent_id, then.unit_id).where(
        then.snapshot_id == snapshot_id, then.corps == ""
    )
    put = stood.except_(sa.select(now.parent_id, now.id)).subquery("put")
    merged = sa.select(now.id).where(now.merged_into_id > 0)  # By its index, which IS NOT is not.
    changed = sa.select(put.c.unit_id).union_all(merged).subquery("changed")
    return sa.select(changed.c.unit_id)


def find_targets(session: Session, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Map merged units' targets to where they, or those they were merged into in turn, stand."""
    unit = OrganisationalUnit
    found: dict[int, tuple[str, int | None]] = {}
    missing = set(ids)
    while missing:
        rows = session.execute(
            sa.select(unit.id, unit.path, unit.merged_into_id).where(unit.id.in_(missing))
        )
        found |= {row[0]: (row[1], row[2]) for row in rows}
        missing = {into for _path, into in found.values() if into} - set(found)
    return {unit_id: split(found[follow(unit_id, found)][0]) for unit_id in ids}


def follow(unit_id: int, found: dict[int, tuple[str, int | None]]) -> int:
    """Go from merger to merger; units merged in a ring stay where the ring is met again."""
    seen = {unit_id}
    into = found[unit_id][1]
    while into is not None and into not in seen:
        seen.add(into)
        unit_id, into = into, found[into][1]
    return unit_id


def split(path: str) -> tuple[int, ...]:
    """List the ids of a path."""
    return tuple(int(part) for part in path.split("/")[1:-1])
