"""What an absence does to a due date: its days do not count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from one to another, both included."""

    starts_on: date
    ends_on: date

    def covers(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.starts_on <= day <= self.ends_on


def merge(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap, so that no day counts twice."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.starts_on <= merged[-1].ends_on + timedelta(days=1):
            last = merged.pop()
            merged.append(Span(last.starts_on, max(last.ends_on, span.ends_on)))
        else:
            merged.append(span)
    return merged


def postpone(due_on: date, asked_on: date, away: Iterable[Span]) -> date:
    """Push a due date by the days away between the day it was asked and the date itself.

    The agent has as many days at work as they would have had without the absence.
    """
    for span in merge(away):
        starts_on = max(span.starts_on, asked_on)
        if span.ends_on < asked_on:
            continue
        if starts_on > due_on:
            break
        due_on += span.ends_on - starts_on + timedelta(days=1)
    return due_on
