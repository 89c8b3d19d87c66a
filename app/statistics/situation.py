"""The situation of a perimeter at a date: one read for the page and for every export of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.statistics import queries
from app.statistics.figures import (
    CorpsFigures,
    Counts,
    DatedCounts,
    ModuleFigures,
    Taken,
    UnitFigures,
    add_up,
    choose,
    outermost,
)
from app.statistics.moments import months_before


class View(StrEnum):
    """How the figures are cut; the values are those of the address."""

    UNITS = "services"
    MODULES = "modules"
    CORPS = "corps"
    TREND = "evolution"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see."""

    day: date | None = None
    unit_id: int | None = None
    corps: str = ""
    module_id: int | None = None
    view: View = View.UNITS
    months: int | None = None
    """How far back the trend goes; None for all that is kept."""


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
    corps: list[CorpsFigures]
    trend: list[DatedCounts]


class OutOfScope(Exception):
    """The unit is not among those that the reader follows, or did not exist then."""


def read_situation(session: Session, asked: Asked, *, followed: Sequence[int]) -> Situation:
    """Read the situation for someone who follows these units. Raises `OutOfScope`."""
    snapshots = queries.list_snapshots(session)
    taken = choose(snapshots, asked.day)
    nothing = Situation(asked, taken, snapshots, [], Counts(), [], None, [], [], [])
    if taken is None:
        return nothing
    trail, units = read_units(session, taken, asked, followed)
    seen = trail[-1:] or units
    total = add_up(unit.counts for unit in seen)
    found = replace(nothing, trail=trail, total=total)
    if asked.view is View.UNITS:
        below = units if not trail else [u for u in units if u.parent_id == trail[-1].unit_id]
        rest = total - add_up(unit.counts for unit in below) if trail and below else None
        return replace(found, units=below, rest=rest)
    return read_cut(session, taken, found, seen, followed)


def read_units(
    session: Session, taken: Taken, asked: Asked, followed: Sequence[int]
) -> tuple[list[UnitFigures], list[UnitFigures]]:
    """Read the units above the one seen, itself included, and those to list."""
    filters = {"corps": asked.corps, "module_id": asked.module_id}
    wanted = [*followed, *([asked.unit_id] if asked.unit_id else [])]
    found = queries.list_units(session, taken.id, ids=wanted, **filters)  # type: ignore[arg-type]
    roots = outermost(unit for unit in found if unit.unit_id in followed)
    if asked.unit_id is None and len(roots) != 1:
        return [], roots
    unit_id = asked.unit_id or roots[0].unit_id
    seen = next((unit for unit in found if unit.unit_id == unit_id), None)
    root = next((root for root in roots if seen and seen.path.startswith(root.path)), None)
    if seen is None or root is None:
        raise OutOfScope
    shown = seen.ids[seen.ids.index(root.unit_id) :]
    around = queries.list_units(session, taken.id, ids=shown, parent_ids=[unit_id], **filters)  # type: ignore[arg-type]
    by_id = {unit.unit_id: unit for unit in around}
    return [by_id[number] for number in shown], around


def read_cut(
    session: Session,
    taken: Taken,
    found: Situation,
    seen: list[UnitFigures],
    followed: Sequence[int],
) -> Situation:
    """Read the figures of the units seen by module, by corps or over time."""
    asked, ids = found.asked, [unit.unit_id for unit in seen]
    if asked.view is View.MODULES:
        modules = queries.list_by_module(
            session, taken.id, unit_ids=ids, corps=asked.corps, module_id=asked.module_id
        )
        # About answers: told for all corps together only, on the snapshot's own partition.
        paths = [unit.path for unit in seen] if not asked.corps else []
        told = queries.list_first_tries(session, taken.id, paths=paths) if paths else {}
        return replace(
            found, modules=[replace(one, first_try=told.get(one.module_id)) for one in modules]
        )
    if asked.view is View.CORPS:
        corps = queries.list_by_corps(
            session, taken.id, unit_ids=ids, module_id=asked.module_id
        )  # fmt: skip
        return replace(found, corps=[one for one in corps if asked.corps in {"", one.corps}])
    since = date.min if asked.months is None else months_before(taken.as_of, asked.months)
    over = [one for one in found.snapshots if since <= one.as_of <= taken.as_of]
    trend = queries.list_trend(
        session, over, unit_ids=ids, within=followed, corps=asked.corps, module_id=asked.module_id
    )
    return replace(found, trend=trend)
