"""The units of a situation: as they stood on its day, or as they stand today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import OrganisationalUnit
from app.statistics import queries
from app.statistics.asking import Asked
from app.statistics.figures import Counts, Taken, UnitFigures, add_up
from app.statistics.structure import Structure, read_structure


class Tree:
    """Reads units with their figures in one snapshot, under the tree that is asked for."""

    def __init__(self, session: Session, taken: Taken, asked: Asked) -> None:
        self.session, self.taken, self.asked = session, taken, asked

    @cached_property
    def structure(self) -> Structure:
        """Tell what moved since."""
        if not self.asked.under_today:
            return Structure([])
        return read_structure(self.session, self.taken.id)

    @property
    def moved(self) -> int:
        """Count the units that stand elsewhere today."""
        return len(self.structure.moves)

    def weigh(self, unit_ids: Sequence[int]) -> dict[int, int]:
        """Tell how many times each unit of the snapshot counts in these units together."""
        weights: Counter[int] = Counter()
        for unit_id in unit_ids:
            weights.update(self.structure.weigh(unit_id))
        return dict(weights)

    def list_units(
        self, *, ids: Sequence[int] = (), parent_ids: Sequence[int] = ()
    ) -> list[UnitFigures]:
        """List units by their ids or by the units right above them, by name."""
        if not self.asked.under_today:
            return self.list_then(ids=ids, parent_ids=parent_ids)
        units = list_open(self.session, ids=ids, parent_ids=parent_ids)
        weights = {unit_id: self.structure.weigh(unit_id) for unit_id, *_ in units}
        involved = {other for own in weights.values() for other in own}
        counts = {unit.unit_id: unit.counts for unit in self.list_then(ids=sorted(involved))}
        return [
            UnitFigures(
                unit_id, parent_id, path, name,
                add_up(counts.get(other, Counts()) * times
                       for other, times in weights[unit_id].items()),
            )
            for unit_id, parent_id, path, name in units
        ]  # fmt: skip

    def list_then(self, *, ids: Sequence[int], parent_ids: Sequence[int] = ()) -> list[UnitFigures]:
        """List units as they stood."""
        return queries.list_units(
            self.session, self.taken.id, ids=ids, parent_ids=parent_ids, corps=self.asked.corps,
            module_ids=self.asked.module_ids,
        )  # fmt: skip


def list_open(
    session: Session, *, ids: Sequence[int], parent_ids: Sequence[int]
) -> list[tuple[int, int | None, str, str]]:
    """List the open units of today with these ids, or right below these, by name."""
    unit = OrganisationalUnit
    statement = (
        sa.select(unit.id, unit.parent_id, unit.path, unit.name)
        .where(
            unit.closed_on.is_(None),
            sa.or_(unit.id.in_(list(ids)), unit.parent_id.in_(list(parent_ids))),
        )
        .order_by(unit.name, unit.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(statement)]
