"""What an agent did in a module: enrolment, steps, practice, attempts, completion."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

from app.demo.duties import Duty
from app.demo.workforce import Person
from app.learning.drawing import Asked
from app.learning.scoring import Score


class Reached(IntEnum):
    """How far a journey went."""

    ENROLLED = 0
    READING = 1
    READ = 2
    FAILED = 3
    SITTING = 4
    COMPLETED = 5


@dataclass(frozen=True, slots=True)
class AnswerMade:
    """An answer, in an attempt or in the flow of a step."""

    item_id: str
    value: object
    at: datetime


@dataclass(slots=True)
class Sitting:
    """An attempt at the quiz; without a score it is still open."""

    drawn: list[Asked]
    seed: int
    pass_mark: int
    started_at: datetime
    answers: list[AnswerMade] = field(default_factory=list)
    submitted_at: datetime | None = None
    score: Score | None = None

    @property
    def passed(self) -> bool | None:
        """Tell whether the pass mark was reached; None while it is open."""
        return self.score.reaches(self.pass_mark) if self.score else None


@dataclass(frozen=True, slots=True)
class Owed:
    """What a campaign asks of one person, and since when."""

    duty: Duty
    since: date

    @property
    def due_on(self) -> date:
        """Give the day by which it has to be done."""
        return self.duty.due_for(self.since)


@dataclass(slots=True)
class Journey:
    """One agent's way through a module, as far as it went."""

    person: Person
    slug: str
    owed: Owed | None
    """The campaign that gave the due date; None where none did."""
    is_own: bool
    """Whether the agent enrolled by choice, before any campaign asked."""
    enrolled_at: datetime
    version: int = 0
    """Rank of the version pinned at the start, among those published of the module."""
    started_at: datetime | None = None
    visits: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    """First and last time each step was read."""
    practice: list[AnswerMade] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    completed_at: datetime | None = None

    @property
    def due_on(self) -> date | None:
        """Give the day by which it had to be done, where a campaign asks for it."""
        return self.owed.due_on if self.owed else None
