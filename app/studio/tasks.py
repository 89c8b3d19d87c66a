"""What waits for somebody in the trainers' room: one line each, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TaskKind(StrEnum):
    """Why something waits, in the order in which it is best looked at."""

    ERRATUM = "erratum"
    REVIEW = "review"
    CHANGES = "changes"
    REMARKS = "remarks"
    OVERDUE = "overdue"
    TRANSLATION = "translation"
    QUESTION = "question"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do."""

    kind: TaskKind
    title: str
    """Of the module, or its slug as long as it was never published."""
    what: str
    """What is the matter, and what to do."""
    url: str
    """The very place."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The next module to be read again, where nothing waits."""

    title: str
    day: date


def in_order(tasks: list[Task]) -> list[Task]:
    """Put first what others wait for, by module."""
    kinds = list(TaskKind)
    return sorted(tasks, key=lambda one: (kinds.index(one.kind), one.title.casefold()))
