"""Whom a campaign concerns, by when and how often: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.days import PARIS
from app.learning.windows import Window

LATE_RENEWAL_DAYS = 30
"""Days left after the end of a proof, or a return, where the campaign gives no delay."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A unit with all those below it, and what else narrows it; what is empty keeps all."""

    unit_path: str
    corps: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    arrived_since: date | None = None
    """The first day of arrival in the organisation that is kept."""

    def matches(
        self,
        *,
        unit_path: str,
        corps: str,
        grade: str,
        category: str = "",
        roles: frozenset[str] = frozenset(),
        arrived_on: date = date.min,
    ) -> bool:
        """Tell whether an agent, where they are assigned, belongs to the audience."""
        return (
            unit_path.startswith(self.unit_path)
            and (not self.corps or corps in self.corps)
            and (not self.grades or grade in self.grades)
            and (not self.categories or category in self.categories)
            and (not self.roles or bool(roles & self.roles))
            and (self.arrived_since is None or arrived_on >= self.arrived_since)
        )


class Recurring(StrEnum):
    """How often a duty comes back."""

    ONCE = "once"
    ANNIVERSARY = "anniversary"
    """When the proof ends: so many months after it was made."""
    WINDOW = "window"
    """In the same days of each year, or of every so many."""


@dataclass(frozen=True, slots=True)
class Term:
    """When a duty opens, its date or a number of days after arrival, and when it comes back."""

    opens_on: date
    due_on: date | None = None
    delay_days: int | None = None
    recurring: Recurring | None = None
    """None where it follows from the rest: a date asks once, a delay at each anniversary."""
    early_days: int = 0
    window: Window | None = None

    @property
    def kind(self) -> Recurring:
        """Tell how often the duty comes back."""
        return self.recurring or default_recurrence(self.delay_days)

    def due_date(
        self,
        *,
        arrived_on: date,
        expired_on: date | None = None,
        today: date | None = None,
    ) -> date:
        """Give the due date of an agent who arrived in the audience that day.

        ``expired_on`` is the last day of the proof to renew. A renewal opened while its proof
        holds is due on that day. A delay never ends in the past: it then runs from ``today``.
        """
        seen = today or date.min
        if self.window is not None:
            found = self.window.on(seen)
            if found is None:
                raise ValueError("nothing is asked between two windows")
            return max(found.ends, arrived_on + timedelta(days=self.delay_days or 0))
        if expired_on is not None and expired_on >= seen > date.min:
            return expired_on
        if self.due_on is not None and (expired_on is None or expired_on < self.due_on):
            return self.due_on
        start = max(self.opens_on, arrived_on, expired_on or self.opens_on)
        due = start + timedelta(days=self.allowed_days)
        return due if due >= seen else seen + timedelta(days=self.allowed_days)

    @property
    def allowed_days(self) -> int:
        """Give how many days the duty leaves, where it has no date."""
        if self.delay_days is None and self.kind == Recurring.ONCE:
            raise ValueError("a term has a date or a delay")
        return self.again_days

    @property
    def again_days(self) -> int:
        """Give how many days are left to someone who comes back."""
        if self.delay_days is not None:
            return self.delay_days
        return max(self.early_days, LATE_RENEWAL_DAYS)

    def renews(self, *, expired_on: date) -> bool:
        """Tell whether a proof that ended that day is asked again."""
        if self.kind != Recurring.ONCE:
            return True
        return expired_on < (self.due_on or self.opens_on)

    def asks_on(self, today: date) -> bool:
        """Tell whether anything may be asked on a day: a window has days of its own."""
        return today >= self.opens_on and (self.window is None or self.window.on(today) is not None)

    def counts_from(self, today: date) -> datetime | None:
        """Give the moment from which a completion counts for the window of a day."""
        found = self.window.on(today) if self.window is not None else None
        return start_of(found.opens) if found is not None else None


def default_recurrence(delay_days: int | None) -> Recurring:
    """Tell how often a duty comes back when nobody said so."""
    return Recurring.ONCE if delay_days is None else Recurring.ANNIVERSARY


def start_of(day: date) -> datetime:
    """Give the first moment of a day in Paris; days of 23 and 25 hours have one too."""
    return datetime.combine(day, time(), PARIS)


def week_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def clean_choices(values: Iterable[str]) -> list[str]:
    """Order the choices of an audience, each once."""
    return sorted({value.strip() for value in values if value.strip()})
