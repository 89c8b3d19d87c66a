"""What becomes of an enrolment: two hundred courses that it may take, from diligent to idle.

Python draws these few thousand rows; the database then deals one to each agent and campaign.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.demo.calendar import at
from app.demo.large.tree import CORPS

SLOTS = 200
MODULES = 12
RENEWED = (5, 9, 10, 11)
"""Ranks of the modules asked again in a second cycle: their proof holds a year, others' two."""


@dataclass(frozen=True, slots=True)
class Call:
    """A campaign to make: a module by its rank, a cycle, whom it asks and when."""

    rank: int
    cycle: int
    opens_on: date
    due_on: date
    corps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """The course of an enrolment; None for what did not happen."""

    slot: int
    enrolled_at: datetime
    started_at: datetime | None = None
    failed_at: datetime | None = None
    """When a first attempt was handed in and failed."""
    completed_at: datetime | None = None
    valid_until: date | None = None

    @property
    def last_at(self) -> datetime:
        """Tell when the last of it happened."""
        return self.completed_at or self.failed_at or self.started_at or self.enrolled_at

    @property
    def tries(self) -> int:
        """Tell at which attempt the quiz was passed."""
        return 2 if self.failed_at else 1


def list_calls(today: date) -> list[Call]:
    """List the campaigns of two years, one for each module and cycle, the oldest first."""
    corps = tuple(CORPS)
    first = [
        Call(rank, 1, day, day + timedelta(days=90),
             # Each corps is spared two modules; those asked again are asked of all but one.
             tuple(one for place, one in enumerate(corps) if place != rank % 6))
        for rank in range(MODULES)
        for day in [today - timedelta(days=90 + 55 * rank)]
    ]  # fmt: skip
    again = [
        Call(rank, 2, day, day + timedelta(days=120), first[rank].corps)
        for number, rank in enumerate(RENEWED)
        for day in [today - timedelta(days=100 + 10 * number)]
    ]
    return sorted((*first, *again), key=lambda call: (call.opens_on, call.rank))


def draw_fates(random: Random, call: Call, today: date) -> Iterator[Fate]:
    """Draw what becomes of a call: the lower the slot, the more diligent the person."""
    enrolled_at = at(call.opens_on, 6, 30)
    since = (today - call.opens_on).days
    share = 0.85 * min(1.0, since / 160)
    for slot in range(SLOTS):
        # Who never renewed what they never had: the second cycle is for those who did the first.
        if call.cycle == 2 and slot >= 0.85 * SLOTS:
            continue
        begun = random.randrange(1, max(2, min(since - 1, 150)))
        started_at = moment(random, call.opens_on + timedelta(days=begun))
        if slot >= share * SLOTS:
            started = started_at if random.random() < 0.4 else None
            yield Fate(slot, enrolled_at, started)
            continue
        failed_at = started_at + timedelta(minutes=25) if random.random() < 0.2 else None
        completed_at = started_at + timedelta(minutes=70 if failed_at else 25)
        months = 12 if call.rank in RENEWED else 24
        valid_until = completed_at.date() + timedelta(days=months * 365 // 12)
        yield Fate(slot, enrolled_at, started_at, failed_at, completed_at, valid_until)


def moment(random: Random, day: date) -> datetime:
    """Draw a moment of the working day."""
    return at(day, random.randrange(8, 18), random.randrange(60))
