"""Which days are kept, and months back."""

from __future__ import annotations

from datetime import date, timedelta


def kept_days(days: list[date], *, today: date, daily_for: int = 35) -> set[date]:
    """Choose the days whose snapshot stays: the recent ones, then the last of each month."""
    recent = {day for day in days if day > today - timedelta(days=daily_for)}
    last_of_month = {(day.year, day.month): day for day in sorted(days)}
    return recent | set(last_of_month.values())


def months_before(day: date, months: int) -> date:
    """Go back some months, to the first day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
