"""An agent's learning at a glance: for their first page, their record and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.catalogue.models import Module, ModuleVersion
from app.catalogue.rows import in_language
from app.learning.models import Attempt, Enrolment
from app.learning.progress import measure
from app.learning.queries.corrections import is_raised, untold_correction
from app.learning.queries.places import read_place, select_places
from app.learning.queries.snapshots import CAMPAIGN
from app.learning.renewing import list_asked
from app.people.models import Assignment


class State(StrEnum):
    """How far a cycle of a module is."""

    TO_START = "to_start"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class LearningRow:
    """One cycle of a module, for its agent."""

    enrolment_id: int
    module_id: int
    slug: str
    title: str
    minutes: int
    cycle: int
    is_latest: bool
    """Whether no later cycle of the module exists."""
    origin: str
    """``own`` or ``campaign``."""
    campaign_title: str
    campaign_reason: str
    enrolled_at: datetime
    started_at: datetime | None
    due_on: date | None
    steps_read: int
    steps_total: int
    state: State
    completed_at: datetime | None
    valid_until: date | None
    open_attempt_id: int | None
    has_failed: bool
    """Whether an attempt of this cycle did not pass."""
    version_number: int
    corrected_attempt_id: int | None
    """The attempt that passes by an erratum, until its agent has read of it."""

    @property
    def waits_for_quiz(self) -> bool:
        """Tell whether all is read and an attempt is to be begun."""
        is_read = 0 < self.steps_total <= self.steps_read
        return is_read and self.completed_at is None and self.open_attempt_id is None

    def is_late(self, today: date) -> bool:
        """Tell whether the due date has passed without a completion."""
        return self.completed_at is None and self.due_on is not None and self.due_on < today


def current_corps() -> sa.ScalarSelect[Any]:
    """Select the corps of the agent's current assignment."""
    return (
        sa.select(Assignment.corps)
        .where(Assignment.agent_id == Enrolment.agent_id, Assignment.ends_on.is_(None))
        .correlate(Enrolment)
        .scalar_subquery()
    )


def last_cycle() -> sa.ScalarSelect[Any]:
    """Select the number of the agent's latest cycle on the module."""
    other = Enrolment.__table__.alias("later")
    return (
        sa.select(sa.func.max(other.c.cycle))
        .where(other.c.agent_id == Enrolment.agent_id, other.c.module_id == Enrolment.module_id)
        .correlate(Enrolment)
        .scalar_subquery()
    )


MORE = (
    ModuleVersion.titles, ModuleVersion.minutes, Enrolment.origin, CAMPAIGN.c.title,
    CAMPAIGN.c.reason, Enrolment.enrolled_at, current_corps(), last_cycle(),
    untold_correction(),
)  # fmt: skip
LEARNING = (
    select_places()
    .add_columns(*MORE)
    .outerjoin(CAMPAIGN, CAMPAIGN.c.id == Enrolment.campaign_id)
    .where(Enrolment.agent_id == sa.bindparam("agent_id"))
    .order_by(Enrolment.enrolled_at, Enrolment.id)
)
"""Built once: this statement stands on every first page."""


def list_learning(session: Session, agent_id: int, language: str) -> list[LearningRow]:
    """List an agent's cycles on modules, oldest first, in one statement."""
    rows = session.execute(LEARNING, {"agent_id": agent_id})
    return [make_row(session, row, language) for row in rows.all()]


def make_row(session: Session, row: Any, language: str) -> LearningRow:
    """Make the row of one cycle; the module's steps come from memory."""
    place = read_place(row[: -len(MORE)])
    titles, minutes, origin, title, reason, enrolled_at, corps, last, untold = row[-len(MORE) :]
    steps = load(session, place.version_id, language).steps_for(place.corps or corps or "")
    progress = measure(steps, place.read, list_asked(session, place))
    started = place.started_at is not None
    return LearningRow(
        enrolment_id=place.enrolment_id,
        module_id=place.module_id,
        slug=place.slug,
        title=in_language(titles, language),
        minutes=minutes,
        cycle=place.cycle,
        is_latest=place.cycle == last,
        origin=origin,
        campaign_title=title or "",
        campaign_reason=reason or "",
        enrolled_at=enrolled_at,
        started_at=place.started_at,
        due_on=place.due_on,
        steps_read=progress.read,
        steps_total=progress.total,
        state=State.COMPLETED
        if place.completed_at
        else State.UNDER_WAY
        if started
        else State.TO_START,
        completed_at=place.completed_at,
        valid_until=place.valid_until,
        open_attempt_id=place.open_attempt_id,
        has_failed=place.has_failed,
        version_number=place.version_number,
        corrected_attempt_id=untold,
    )


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt, for its agent."""

    attempt_id: int
    slug: str
    title: str
    cycle: int
    number: int
    started_at: datetime
    submitted_at: datetime | None
    share: Fraction | None
    """The exact score, once there is one."""
    pass_mark: int
    passed: bool | None
    is_raised: bool
    """Whether it passes by an erratum."""


def list_attempts(session: Session, agent_id: int, language: str = "fr") -> list[AttemptRow]:
    """List an agent's attempts in all modules, the latest first."""
    rows = session.execute(
        sa.select(
            Attempt.id, Module.slug, ModuleVersion.titles, Enrolment.cycle, Attempt.number,
            Attempt.started_at, Attempt.submitted_at, Attempt.score_numerator,
            Attempt.score_denominator, Attempt.pass_mark, Attempt.passed, is_raised(),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Module, Module.id == Enrolment.module_id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.version_id)
        .where(Enrolment.agent_id == agent_id)
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
    )  # fmt: skip
    return [read_attempt(row, language) for row in rows]


def read_attempt(row: Any, language: str) -> AttemptRow:
    """Make the row of one attempt."""
    attempt_id, slug, titles, cycle, number, started_at, submitted_at, *scored = row
    top, bottom, mark, passed, raised = scored
    return AttemptRow(
        attempt_id=attempt_id,
        slug=slug,
        title=in_language(titles, language),
        cycle=cycle,
        number=number,
        started_at=started_at,
        submitted_at=submitted_at,
        share=None if top is None else Fraction(top, bottom),
        pass_mark=mark,
        passed=passed,
        is_raised=bool(raised),
    )
