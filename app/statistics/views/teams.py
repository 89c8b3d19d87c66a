"""A supervisor's own units: who is late, who has not started, who is done; never a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.campaigns.queries.reminding import Reach, map_reach
from app.database import utc_now, write
from app.days import day_of
from app.extensions import db
from app.i18n import current_language
from app.statistics import names, queries, sightings, wording
from app.statistics.figures import Taken, UnitFigures
from app.statistics.standing import Owing, Standing
from app.statistics.team_counts import TeamCounts, count_team, group_by_agent
from app.statistics.views.blueprint import bp

ORDER = list(Standing)
LEFT = {Standing.LATE, Standing.LATE_NOT_STARTED, Standing.NOT_STARTED, Standing.UNDER_WAY}
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A module that an agent has still to do, or all those of an agent who has done them."""

    agent_id: int
    full_name: str
    standing: Standing
    due_on: date | None
    completed_at: datetime | None
    """The last day, where there are several."""
    module_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A unit that the reader supervises."""

    unit_id: int
    name: str
    lines: list[Line]
    counts: TeamCounts
    below: list[UnitFigures]
    """The units under it, by rate only."""
    to_remind: int
    """How many of the late may be reminded now."""

    @property
    def first_lines(self) -> dict[int, Line]:
        """Map who has something left to their first line, where their reminder is asked."""
        left = [line for line in self.lines if line.standing in LEFT]
        return {line.agent_id: line for line in reversed(left)}


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
    reach = map_reach(db.session, agent_ids=[row.agent_id for row in rows], today=today)
    write(
        sightings.note_sight, audience=sightings.Audience.TEAM, unit_ids=ids, actor_id=agent.id,
        address=request.remote_addr or "", count=len(rows),
    )  # fmt: skip
    return render_template(
        "statistics/teams.html", today=today, taken=taken, say_standing=wording.say_standing,
        teams=[make_team(unit_id, unit_names[unit_id], rows, below, today=today, reach=reach)
               for unit_id in unit_names],
        reach=reach,
        titles={module_id: title for module_id, (_slug, title) in modules.items()},
    )  # fmt: skip


def read_below(ids: tuple[int, ...]) -> tuple[Taken | None, list[UnitFigures]]:
    """Read the units under these in the last snapshot."""
    taken = next(iter(queries.list_snapshots(db.session)), None)
    if taken is None:
        return None, []
    return taken, queries.list_units(db.session, taken.id, parent_ids=ids)


def make_team(
    unit_id: int, name: str, rows: Iterable[Owing], below: Iterable[UnitFigures], *,
    today: date, reach: dict[int, Reach],
) -> Team:  # fmt: skip
    """Gather what the page says of one unit."""
    by_agent = group_by_agent(rows, unit_id)
    counts = count_team(by_agent, today)
    lines = [line for own in by_agent.values() for line in make_lines(own, today)]
    return Team(
        unit_id, name, sorted(lines, key=lambda line: ORDER.index(line.standing)), counts,
        [unit for unit in below if unit.parent_id == unit_id],
        sum(reach[agent_id].may_be_reminded for agent_id in counts.late_ids),
    )  # fmt: skip


def make_lines(own: Sequence[Owing], today: date) -> Iterator[Line]:
    """Say what an agent has still to do, one module a line; in one line, that all is done."""
    owed = [(row, row.standing(today)) for row in own if row.module_id is not None]
    for row, standing in owed:
        if standing is not Standing.DONE:
            yield Line(
                row.agent_id, row.full_name, standing, row.due_on, row.completed_at,
                (row.module_id or 0,),
            )  # fmt: skip
    if owed and all(standing is Standing.DONE for _row, standing in owed):
        last = max((row for row, _standing in owed), key=lambda row: row.completed_at or LONG_AGO)
        ids = tuple(row.module_id or 0 for row, _standing in owed)
        due_on = last.due_on if len(ids) == 1 else None
        yield Line(last.agent_id, last.full_name, Standing.DONE, due_on, last.completed_at, ids)
