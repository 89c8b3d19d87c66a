"""Days and their ends, in the time of Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def end_of(day: date) -> datetime:
    """Give the first moment after a day."""
    return datetime.combine(day + timedelta(days=1), time(), PARIS).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Give the day of a moment."""
    return moment.astimezone(PARIS).date()


def kept_days(days: list[date], *, today: date, daily_for: int = 35) -> set[date]:
    """Choose the days whose snapshot stays: the recent ones, then the last of each month."""
    recent = {day for day in days if day > today - timedelta(days=daily_for)}
    last_of_month = {(day.year, day.month): day for day in sorted(days)}
    return recent | set(last_of_month.values())


def months_before(day: date, months: int) -> date:
    """Go back some months, to the first day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
