"""A supervisor's own units: who is late, who has not started, who is done; never a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.database import utc_now, write
from app.extensions import db
from app.i18n import current_language
from app.statistics import names, queries, sightings, wording
from app.statistics.figures import Taken, UnitFigures
from app.statistics.moments import day_of
from app.statistics.standing import Owing, Standing
from app.statistics.views.blueprint import bp

ORDER = list(Standing)


@dataclass(frozen=True, slots=True)
class Team:
    """A unit that the reader supervises."""

    unit_id: int
    name: str
    rows: list[Owing]
    people: int
    asked: int
    up_to_date: int
    late: int
    below: list[UnitFigures]
    """The units under it, by rate only."""


@bp.get("/mes-equipes")
@policy(Role.SUPERVISOR)
def teams() -> ResponseReturnValue:
    """Show the units that the reader's role names, by name; those below, by rate."""
    agent, today = current_agent(), day_of(utc_now())
    ids = agent.unit_ids(Role.SUPERVISOR)
    rows = names.list_team(db.session, unit_ids=ids, today=today)
    unit_names = names.map_unit_names(db.session, ids=ids)
    modules = queries.map_titles(db.session, current_language())
    taken, below = read_below(ids)
    write(
        sightings.note_sight, audience=sightings.Audience.TEAM, unit_ids=ids, actor_id=agent.id,
        address=request.remote_addr or "", count=len(rows),
    )  # fmt: skip
    return render_template(
        "statistics/teams.html", today=today, taken=taken, say_standing=wording.say_standing,
        teams=[make_team(unit_id, unit_names[unit_id], rows, below, today)
               for unit_id in unit_names],
        titles={module_id: title for module_id, (_slug, title) in modules.items()},
    )  # fmt: skip


def read_below(ids: tuple[int, ...]) -> tuple[Taken | None, list[UnitFigures]]:
    """Read the units under these in the last snapshot."""
    taken = next(iter(queries.list_snapshots(db.session)), None)
    if taken is None:
        return None, []
    return taken, queries.list_units(db.session, taken.id, parent_ids=ids)


def make_team(
    unit_id: int, name: str, rows: Iterable[Owing], below: Iterable[UnitFigures], today: date
) -> Team:
    """Gather what the page says of one unit."""
    own = sorted(
        (row for row in rows if row.unit_id == unit_id),
        key=lambda row: ORDER.index(row.standing(today)),
    )
    standings: dict[int, set[Standing]] = {}
    for row in own:
        standings.setdefault(row.agent_id, set()).add(row.standing(today))
    asked = [found for found in standings.values() if found != {Standing.NOT_ASKED}]
    late = {Standing.LATE, Standing.LATE_NOT_STARTED}
    return Team(
        unit_id, name, [row for row in own if row.module_id is not None], len(standings),
        len(asked), sum(found == {Standing.DONE} for found in asked),
        sum(bool(found & late) for found in asked),
        [unit for unit in below if unit.parent_id == unit_id],
    )  # fmt: skip
