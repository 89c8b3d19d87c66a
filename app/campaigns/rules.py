"""Whom a campaign concerns, and by when: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Audience:
    """A unit with all those below it, and the corps and grades kept; empty keeps all."""

    unit_path: str
    corps: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()

    def matches(self, *, unit_path: str, corps: str, grade: str) -> bool:
        """Tell whether an assignment belongs to the audience."""
        return (
            unit_path.startswith(self.unit_path)
            and (not self.corps or corps in self.corps)
            and (not self.grades or grade in self.grades)
        )


@dataclass(frozen=True, slots=True)
class Term:
    """When a duty opens, and either its date or a number of days after arrival."""

    opens_on: date
    due_on: date | None = None
    delay_days: int | None = None

    def due_date(self, *, arrived_on: date, expired_on: date | None = None) -> date:
        """Give the due date of an agent who arrived in the audience that day.

        ``expired_on`` is the last day of a former proof: the delay of a renewal runs from there.
        """
        if self.due_on is not None:
            return self.due_on
        if self.delay_days is None:
            raise ValueError("a term has a date or a delay")
        start = max(self.opens_on, arrived_on, expired_on or self.opens_on)
        return start + timedelta(days=self.delay_days)

    def renews(self, *, expired_on: date) -> bool:
        """Tell whether a proof that ended that day is asked again: a fixed date asks once."""
        return self.due_on is None or expired_on < self.due_on


def clean_choices(values: Iterable[str]) -> list[str]:
    """Order the corps or grades of an audience, each once."""
    return sorted({value.strip() for value in values if value.strip()})
