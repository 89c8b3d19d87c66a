"""Days and hours at which people of the fictional territory work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from app.days import PARIS

NIGHT_CORPS = {"pn", "gn", "sp"}


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Give a moment of a day in Paris, in UTC."""
    return datetime.combine(day, time(hour, minute, second), PARIS).astimezone(UTC)


def working_moment(random: Random, day: date, corps: str) -> datetime:
    """Draw a moment of a day on duty: office hours, and evenings where a corps has them."""
    hour = random.choices((8, 9, 10, 11, 13, 14, 15, 16, 17), (5, 9, 8, 5, 5, 8, 7, 6, 3))[0]
    if corps in NIGHT_CORPS and random.random() < 0.15:
        hour = random.choice((6, 7, 18, 19))
    return at(day, hour, random.randrange(60), random.randrange(60))


def working_day(random: Random, day: date, corps: str) -> date:
    """Move most of the week-ends to the Friday before; crews are on duty every day."""
    stays = 0.6 if corps in NIGHT_CORPS else 0.0
    if day.weekday() >= 5 and random.random() >= stays:
        return day - timedelta(days=day.weekday() - 4)
    return day


class Clock:
    """The hour that passes while someone works through a module."""

    def __init__(self, random: Random, now: datetime) -> None:
        self.random = random
        self.now = now

    def pass_minutes(self, least: float, most: float) -> datetime:
        """Let some minutes pass and tell the time."""
        self.now += timedelta(seconds=round(self.random.uniform(least, most) * 60))
        return self.now


def snapshot_days(today: date) -> list[date]:
    """List the days whose figures are kept: the end of each month, each recent week, today."""
    months = {first_of_month(today, back) - timedelta(days=1) for back in range(23)}
    weeks = {today - timedelta(days=7 * back) for back in range(5)}
    return sorted(months | weeks)


def first_of_month(today: date, back: int) -> date:
    """Give the first day of this month, or of the month so many months before."""
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(year, month + 1, 1)
