"""The calendar window in which a module is asked, each year or every so many years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One window: from when it may be answered, and its own days, both included."""

    opens: date
    """The first day that counts for it, early renewals included."""
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the year as ``01-15``; one that ends before it starts ends the year after."""

    starts: str
    ends: str
    years: int = 1
    """How many years from one window to the next."""
    opens_on: date = date(2000, 1, 1)
    """The first window is the first to end on this day or later."""
    early_days: int = 0

    def bounds(self, year: int) -> tuple[date, date]:
        """Give the first and the last day of the window that starts in a year."""
        crosses = self.ends < self.starts
        return day_of_year(year, self.starts), day_of_year(year + crosses, self.ends)

    def first_year(self) -> int:
        """Give the year in which the first window starts."""
        year = self.opens_on.year - 1
        while self.bounds(year)[1] < self.opens_on:
            year += 1
        return year

    def number(self, index: int) -> Occurrence:
        """Give a window by its number, from 0; it never opens before the former one has ended."""
        year = self.first_year() + index * self.years
        starts, ends = self.bounds(year)
        former_ends = self.bounds(year - self.years)[1]
        opens = max(starts - timedelta(days=self.early_days), former_ends + ONE_DAY)
        if index == 0:
            opens = max(opens, min(self.opens_on, starts))
        return Occurrence(opens, starts, ends)

    def index_on(self, day: date) -> int:
        """Give the number of the last window open on a day or before it; -1 before the first."""
        index = max((day.year - self.first_year()) // self.years + 1, 0)
        while index >= 0 and self.number(index).opens > day:
            index -= 1
        return index

    def on(self, day: date) -> Occurrence | None:
        """Give the window that may be answered on a day; None between two of them."""
        index = self.index_on(day)
        found = self.number(index) if index >= 0 else None
        return found if found is not None and day <= found.ends else None

    def holds_until(self, day: date) -> date:
        """Give the last day of a proof made that day: the end of the window that comes next."""
        return self.number(self.index_on(day) + 1).ends


def day_of_year(year: int, text: str) -> date:
    """Read a month and a day in a year; 29 February is the 28th where there is none."""
    month, day = (int(part) for part in text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        if (month, day) != (2, 29):
            raise
        return date(year, 2, 28)
