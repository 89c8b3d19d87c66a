"""What an agent finds on their first page: what to go on with, what is owed, how far they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.learning.summaries import LearningRow, State

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PathProgress:
    """How many of a path's modules are completed."""

    title: str
    done: int
    total: int


def list_left(rows: Iterable[LearningRow]) -> list[LearningRow]:
    """List what is not completed, in the latest cycle of each module."""
    return [row for row in rows if row.is_latest and row.state != State.COMPLETED]


def choose_next(left: Sequence[LearningRow]) -> LearningRow | None:
    """Choose what to go on with: an open quiz, what was started last, then what is due first."""
    under_way = [row for row in left if row.state == State.UNDER_WAY]
    if under_way:
        return max(
            under_way,
            key=lambda row: (row.open_attempt_id is not None, row.started_at or LONG_AGO),
        )
    return min(left, key=lambda row: row.due_on or date.max, default=None)


def list_owed(left: Iterable[LearningRow]) -> list[LearningRow]:
    """List what is asked by a date, the earliest date first."""
    owed = [row for row in left if row.due_on is not None]
    return sorted(owed, key=lambda row: (row.due_on or date.max, row.title))


def list_chosen(left: Iterable[LearningRow]) -> list[LearningRow]:
    """List what nothing asks for by a date: the agent's own choice."""
    return [row for row in left if row.due_on is None]


def measure_paths(
    paths: Mapping[str, Sequence[str]], *, offered: Collection[str], completed: Collection[str]
) -> list[PathProgress]:
    """Count the completed modules of each path, of those that are offered or completed."""
    measured = []
    for title, slugs in paths.items():
        counted = [slug for slug in slugs if slug in offered or slug in completed]
        if counted:
            done = sum(slug in completed for slug in counted)
            measured.append(PathProgress(title, done, len(counted)))
    return measured
