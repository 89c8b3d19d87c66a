"""How far an agent is in a module, what they may do next, and where they take it up again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.dialect.compiled import AnyItem, Step


@dataclass(frozen=True, slots=True)
class StepState:
    """A step to read, and whether it was."""

    id: str
    title: str
    read: bool
    asked: bool = True
    """Whether this cycle asks for it: a renewal asks only what changed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps that an agent sees, in order, and those that they have to read."""

    steps: tuple[StepState, ...]

    @property
    def asked(self) -> tuple[StepState, ...]:
        """List the steps to read."""
        return tuple(step for step in self.steps if step.asked)

    @property
    def read(self) -> int:
        """Count the steps read, of those to read."""
        return sum(step.read for step in self.asked)

    @property
    def total(self) -> int:
        """Count the steps to read."""
        return len(self.asked)

    @property
    def percent(self) -> int:
        """Give the share of steps read, rounded down: 100 means all of them."""
        return 100 * self.read // self.total if self.total else 100

    @property
    def is_all_read(self) -> bool:
        """Tell whether every step was read."""
        return self.read == self.total

    @property
    def unread(self) -> tuple[StepState, ...]:
        """List the steps still to read."""
        return tuple(step for step in self.asked if not step.read)

    def after(self, step_id: str) -> StepState | None:
        """Give the step that follows another; None after the last.

        From a step to read to the next one to read; from one that is only there to be read
        again, to the next of all.
        """
        place = [step.id for step in self.steps].index(step_id)
        later = self.steps[place + 1 :]
        if self.steps[place].asked:
            later = tuple(step for step in later if step.asked)
        return later[0] if later else None

    def following(self, step_id: str, to_reread: Sequence[Step] = ()) -> str | None:
        """Give the id of the step that comes once this one is read; None where the quiz does.

        The next to read again after a failed attempt; else the next one, or one that was left out.
        """
        if to_reread:
            left = [step.id for step in to_reread if step.id != step_id]
            return left[0] if left else None
        after = self.after(step_id)
        unread = [step.id for step in self.unread if step.id != step_id]
        return after.id if after else next(iter(unread), None)

    def before(self, step_id: str) -> StepState | None:
        """Give the step that precedes another; None before the first."""
        place = [step.id for step in self.steps].index(step_id)
        return self.steps[place - 1] if place else None


def measure(
    steps: Sequence[Step], read: Collection[str], asked: Collection[str] | None = None
) -> Progress:
    """Tell which of an agent's steps were read; reading one more never lowers the share.

    ``asked`` holds the ids of those to read; None for all of them.
    """
    return Progress(
        tuple(
            StepState(step.id, step.title, step.id in read, asked is None or step.id in asked)
            for step in steps
        )
    )


def steps_to_reread(
    wrong: Iterable[AnyItem],
    steps: Sequence[Step],
    *,
    last_read: Mapping[str, datetime],
    submitted_at: datetime,
) -> tuple[Step, ...]:
    """List, in the module's order, the steps that wrong items name and that were not read since.

    A step that the agent's corps does not have cannot be asked of them.
    """
    named = {item.see for item in wrong}
    return tuple(
        step
        for step in steps
        if step.id in named and (step.id not in last_read or last_read[step.id] <= submitted_at)
    )


class Refusal(StrEnum):
    """Why the quiz cannot be started now."""

    COMPLETED = "completed"
    UNREAD = "unread"
    REREAD = "reread"


def refusal(progress: Progress, *, to_reread: Sequence[Step], completed: bool) -> Refusal | None:
    """Tell why a new attempt may not open; None when it may."""
    if completed:
        return Refusal.COMPLETED
    if not progress.is_all_read:
        return Refusal.UNREAD
    return Refusal.REREAD if to_reread else None


class Room(StrEnum):
    """The kinds of pages where a module is taken up again."""

    STEP = "step"
    QUIZ = "quiz"
    ATTEMPT = "attempt"


@dataclass(frozen=True, slots=True)
class Resumption:
    """Exactly where an agent stopped."""

    room: Room
    step_id: str = ""
    attempt_id: int = 0


def resume(
    progress: Progress,
    *,
    open_attempt: int | None,
    to_reread: Sequence[Step] = (),
    completed: bool = False,
) -> Resumption:
    """Find where to go on: the open attempt, the next step to read or re-read, the quiz."""
    if completed:
        return Resumption(Room.QUIZ)
    if open_attempt is not None:
        return Resumption(Room.ATTEMPT, attempt_id=open_attempt)
    if progress.unread:
        return Resumption(Room.STEP, step_id=progress.unread[0].id)
    if to_reread:
        return Resumption(Room.STEP, step_id=to_reread[0].id)
    return Resumption(Room.QUIZ)
