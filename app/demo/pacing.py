"""On which days people work: under a delay with a rush at its end, and one module a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random


def draw_end(random: Random, first: date, due: date, *, last: date, late: bool) -> date | None:
    """Draw the day on which someone is done, or stops; None where there was no day yet."""
    if last <= first:
        return None
    due = max(due, first + timedelta(days=10))
    span = (min(due, last) - first).days
    if due > last:  # Under way: more of them each week, as the date comes near.
        days = random.betavariate(1.9, 1.1) * span
    elif random.random() < 0.62:
        days = random.betavariate(1.7, 2.4) * span
    else:
        days = span + random.triangular(-18, 25 if late else 14, -2)
    return min(max(first, first + timedelta(days=round(days))), last)


def spread(random: Random, first: date, end: date, count: int) -> list[date]:
    """Spread so many modules over a time, in order, the last one on its last day."""
    shares = [(rank + random.uniform(0.45, 1.0)) / count for rank in range(count - 1)]
    span = (end - first).days
    return [first + timedelta(days=round(share * span)) for share in (*shares, 1)]


class Diary:
    """The days that each person has given to a module: two on one day would overlap."""

    def __init__(self, last: date) -> None:
        self.last = last
        """The last day on which anyone may have worked."""
        self.taken: dict[str, set[date]] = defaultdict(set)

    def find_free(self, matricule: str, day: date, *, first: date) -> date:
        """Find a free day: this one, the next ones, else those before, not before ``first``."""
        after = (day + timedelta(days=more) for more in range((self.last - day).days + 1))
        before = (day - timedelta(days=less) for less in range(1, (day - first).days + 1))
        taken = self.taken[matricule]
        return next((one for one in (*after, *before) if one not in taken), day)

    def is_free(self, matricule: str, day: date) -> bool:
        """Tell whether a day is free."""
        return day not in self.taken[matricule]

    def take(self, matricule: str, day: date) -> None:
        """Give a day to a module."""
        self.taken[matricule].add(day)
