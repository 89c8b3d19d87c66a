"""The situation of a perimeter at a date: one read for the page and for every export of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.statistics import queries, told
from app.statistics.asking import Asked, View
from app.statistics.figures import (
    Counts,
    DatedCounts,
    GroupFigures,
    ModuleFigures,
    Share,
    Taken,
    UnitFigures,
    add_up,
    choose,
    outermost,
)
from app.statistics.moments import months_before
from app.statistics.trees import Tree


@dataclass(frozen=True, slots=True)
class Situation:
    """The figures of the units seen, cut as asked."""

    asked: Asked
    taken: Taken | None
    snapshots: list[Taken]
    trail: list[UnitFigures]
    """From the outermost unit that the reader follows to the one seen; empty for all of theirs."""
    total: Counts
    units: list[UnitFigures]
    """Below the one seen, or the ones that the reader follows."""
    rest: Counts | None
    """Agents assigned to the unit seen itself, where there are units below it."""
    modules: list[ModuleFigures]
    groups: list[GroupFigures]
    """Of each corps, or of each band of grades."""
    trend: list[DatedCounts]
    moved: int = 0
    """Under today's units: how many stand elsewhere than they did that day."""
    told: Mapping[int | None, Share] | None = None
    """First tries told of units under a root, None being the others; None where not shown."""

    @property
    def of_modules(self) -> bool:
        """Tell whether the counts are of what some modules ask."""
        return self.asked.module_ids is not None


class OutOfScope(Exception):
    """The unit is not among those that the reader follows, or did not exist then."""


def read_situation(session: Session, asked: Asked, *, followed: Sequence[int]) -> Situation:
    """Read the situation for someone who follows these units. Raises `OutOfScope`."""
    snapshots = queries.list_snapshots(session)
    taken = choose(snapshots, asked.day)
    nothing = Situation(asked, taken, snapshots, [], Counts(), [], None, [], [], [])
    if taken is None:
        return nothing
    tree = Tree(session, taken, asked)
    trail, units = read_units(tree, asked, followed)
    seen = trail[-1:] or units
    total = add_up(unit.counts for unit in seen)
    found = replace(nothing, trail=trail, total=total, moved=tree.moved)
    if asked.view is View.UNITS:
        below = units if not trail else [u for u in units if u.parent_id == trail[-1].unit_id]
        rest = total - add_up(unit.counts for unit in below) if trail and below else None
        return replace(found, units=below, rest=rest, told=read_told(session, found))
    return read_cut(tree, found, seen, followed)


def read_comparison(
    session: Session, found: Situation, *, followed: Sequence[int]
) -> Situation | None:
    """Read the same at the other day that is asked for; None where nothing was counted then."""
    if found.asked.other_day is None:
        return None
    asked = replace(found.asked, day=found.asked.other_day)
    try:
        other = read_situation(session, asked, followed=followed)
    except OutOfScope:
        return None
    return other if other.taken else None


def read_units(
    tree: Tree, asked: Asked, followed: Sequence[int]
) -> tuple[list[UnitFigures], list[UnitFigures]]:
    """Read the units above the one seen, itself included, and those to list."""
    wanted = [*followed, *([asked.unit_id] if asked.unit_id else [])]
    found = tree.list_units(ids=wanted)
    roots = outermost(unit for unit in found if unit.unit_id in followed)
    if asked.unit_id is None and len(roots) != 1:
        return [], roots
    unit_id = asked.unit_id or roots[0].unit_id
    seen = next((unit for unit in found if unit.unit_id == unit_id), None)
    root = next((root for root in roots if seen and seen.path.startswith(root.path)), None)
    if seen is None or root is None:
        raise OutOfScope
    shown = seen.ids[seen.ids.index(root.unit_id) :]
    around = tree.list_units(ids=shown, parent_ids=[unit_id])
    by_id = {unit.unit_id: unit for unit in around}
    return [by_id[number] for number in shown], around


def read_told(session: Session, found: Situation) -> Mapping[int | None, Share] | None:
    """Read what is told of first tries under the root seen, for all corps and some modules."""
    asked, taken = found.asked, found.taken
    whole = len(found.trail) == 1 and found.trail[0].parent_id is None
    if taken is None or not whole or asked.corps or asked.under_today or not found.of_modules:
        return None
    return told.list_partition(
        session, taken.id, root_id=found.trail[0].unit_id, module_ids=asked.module_ids
    )


def read_cut(
    tree: Tree, found: Situation, seen: list[UnitFigures], followed: Sequence[int]
) -> Situation:
    """Read the figures of the units seen by module, by corps, by band or over time."""
    session, taken, asked = tree.session, tree.taken, found.asked
    ids = [unit.unit_id for unit in seen]
    cut = {"weights": tree.weigh(ids), "module_ids": asked.module_ids}
    if asked.view is View.MODULES:
        modules = queries.list_by_module(session, taken.id, corps=asked.corps, **cut)  # type: ignore[arg-type]
        # About answers: told for all corps together only, on the snapshot's own partition.
        asks = not asked.corps and not asked.under_today
        tries = told.list_first_tries(session, taken.id, unit_ids=ids) if asks else {}
        return replace(
            found, modules=[replace(one, first_try=tries.get(one.module_id)) for one in modules]
        )
    if asked.view is View.CORPS:
        corps = queries.list_by_corps(session, taken.id, **cut)  # type: ignore[arg-type]
        return replace(found, groups=[one for one in corps if asked.corps in {"", one.key}])
    if asked.view is View.BANDS:
        return replace(found, groups=queries.list_by_band(session, taken.id, **cut))  # type: ignore[arg-type]
    since = date.min if asked.months is None else months_before(taken.as_of, asked.months)
    over = [one for one in found.snapshots if since <= one.as_of <= taken.as_of]
    trend = queries.list_trend(
        session, over, unit_ids=ids, within=followed, corps=asked.corps, module_ids=asked.module_ids
    )
    return replace(found, trend=trend)
