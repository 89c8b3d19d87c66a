"""The figures of one unit's own people, as its supervisor reads them: on the page or by mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.statistics.standing import Owing, Standing

LATE = {Standing.LATE, Standing.LATE_NOT_STARTED}


@dataclass(frozen=True, slots=True)
class TeamCounts:
    """How many people, to how many something is asked, and how far they are."""

    people: int
    asked: int
    up_to_date: int
    late_ids: frozenset[int]

    @property
    def late(self) -> int:
        """Count who is late."""
        return len(self.late_ids)


def group_by_agent(rows: Iterable[Owing], unit_id: int) -> dict[int, list[Owing]]:
    """Gather what each agent of a unit owes."""
    by_agent: dict[int, list[Owing]] = {}
    for row in rows:
        if row.unit_id == unit_id:
            by_agent.setdefault(row.agent_id, []).append(row)
    return by_agent


def count_team(by_agent: dict[int, list[Owing]], today: date) -> TeamCounts:
    """Count the people of a unit by where they are."""
    standings = {
        agent_id: {row.standing(today) for row in own} for agent_id, own in by_agent.items()
    }
    asked = [found for found in standings.values() if found != {Standing.NOT_ASKED}]
    return TeamCounts(
        len(by_agent), len(asked), sum(found == {Standing.DONE} for found in asked),
        frozenset(agent_id for agent_id, found in standings.items() if found & LATE),
    )  # fmt: skip
