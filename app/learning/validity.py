"""Until when a completion holds."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def valid_until(completed_at: datetime, months: int | None) -> date | None:
    """Give the last day of validity, by the calendar of Paris; None for ever.

    The 31st becomes the last day of a shorter month.
    """
    if not months:
        return None
    day = completed_at.astimezone(PARIS).date()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
