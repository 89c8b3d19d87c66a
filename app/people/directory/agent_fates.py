"""What becomes of an agent of whom a row says something new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.people.directory.fates import Fate
from app.people.directory.problems import Mistake, Problem


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row says of days, beside what is known of its agent."""

    line: int
    arrived_on: date
    since: date | None
    leaves_on: date | None
    agent_id: int | None
    left_on: date | None
    assignment_id: int | None
    """The assignment that holds, where there is one."""
    held_since: date | None
    is_placed: bool
    """Whether unit, corps, grade and category are those of the assignment that holds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of an agent, and on which day."""

    fate: Fate
    starts_on: date | None = None
    """The first day of a new assignment; of who leaves, the first day without them."""


def decide(row: Beside, today: date) -> Outcome:
    """Tell what becomes of an agent; a move counts as one even where a name changes too."""
    is_gone = row.leaves_on is not None and row.leaves_on <= today
    if row.agent_id is None:
        return (
            Outcome(Fate.UNCHANGED)
            if is_gone
            else Outcome(Fate.CREATED, row.since or row.arrived_on)
        )
    if is_gone:
        return Outcome(Fate.UNCHANGED if row.left_on else Fate.LEFT, row.leaves_on)
    if row.left_on:
        return Outcome(Fate.RETURNED, max(row.since or today, row.left_on))
    if row.assignment_id is None or row.held_since is None:
        return Outcome(Fate.MOVED, row.since or today)
    if not row.is_placed:
        return Outcome(Fate.MOVED, day_after(row.held_since, row.since or today))
    return Outcome(Fate.CHANGED)


def day_after(began_on: date, wanted: date) -> date:
    """Choose the day on which an assignment ends: it lasts a day at least."""
    return max(wanted, began_on + timedelta(days=1))


def find_mistakes(row: Beside, today: date) -> list[Mistake]:
    """Say what is wrong with the days of a row among what is known."""
    found = []
    # Who is new may arrive later; who is known would be shown in the new unit at once.
    latest = max(today, row.arrived_on) if row.agent_id is None else today
    if row.since and row.since > latest:
        found.append(Mistake(row.line, "depuis", Problem.IN_FUTURE, row.since.isoformat()))
    if row.leaves_on and row.leaves_on > today:
        found.append(Mistake(row.line, "depart", Problem.IN_FUTURE, row.leaves_on.isoformat()))
    is_moving = row.assignment_id is not None and not row.is_placed and not row.left_on
    if is_moving and row.since and row.held_since and row.since < row.held_since:
        day = row.held_since.isoformat()
        found.append(Mistake(row.line, "depuis", Problem.BEFORE_CURRENT, day))
    return found
