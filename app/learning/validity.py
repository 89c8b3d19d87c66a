"""Until when a completion holds."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.days import day_of
from app.learning.windows import Window


@dataclass(frozen=True, slots=True)
class Validity:
    """How long the completions that a duty asks for hold."""

    months: int | None = None
    """None or 0: for ever, unless there is a window."""
    early_days: int = 0
    """How many days before its end a proof may be renewed and keep its anniversary."""
    window: Window | None = None

    def until(self, completed_at: datetime, former_end: date | None = None) -> date | None:
        """Give the last day of a proof, by the calendar of Paris.

        ``former_end`` is the last day of the proof that it renews: one made early, within the
        days allowed, runs from there, so that nobody loses by being early.
        """
        day = day_of(completed_at)
        if self.window is not None:
            return self.window.holds_until(day)
        if former_end is not None and self.is_early(day, former_end):
            return add_months(former_end, self.months)
        return add_months(day, self.months)

    def is_early(self, day: date, former_end: date) -> bool:
        """Tell whether a renewal on that day keeps the anniversary."""
        return former_end - timedelta(days=self.early_days) < day <= former_end


def valid_until(completed_at: datetime, months: int | None) -> date | None:
    """Give the last day of validity, by the calendar of Paris; None for ever."""
    return Validity(months).until(completed_at)


def add_months(day: date, months: int | None) -> date | None:
    """Give the same day so many months later; the 31st is the last day of a shorter month."""
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
