"""Days and their ends, in the time of Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def day_of(moment: datetime) -> date:
    """Give the day of a moment."""
    return moment.astimezone(PARIS).date()


def end_of(day: date) -> datetime:
    """Give the first moment after a day."""
    return datetime.combine(day + timedelta(days=1), time(), PARIS).astimezone(UTC)
