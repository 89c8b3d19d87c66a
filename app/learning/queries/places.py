"""Where an agent stands in a module: enrolment, version, steps read, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.learning.models import Attempt, Completion, Enrolment, StepVisit

Version = ModuleVersion.__table__.alias("other")


@dataclass(frozen=True, slots=True)
class Place:
    """An agent's place on a module, in their latest cycle."""

    enrolment_id: int
    agent_id: int
    module_id: int
    slug: str
    cycle: int
    due_on: date | None
    started_at: datetime | None
    corps: str | None
    """The variant pinned at the start."""
    version_id: int
    """The version pinned at the start; before it, the latest."""
    version_number: int
    published_at: datetime
    newer: int | None
    """The number of a later version that says something else, when there is one."""
    open_attempt_id: int | None
    completed_at: datetime | None
    valid_until: date | None
    read: frozenset[str]
    """Ids of the steps read."""

    @property
    def is_completed(self) -> bool:
        """Tell whether all was read and the quiz passed."""
        return self.completed_at is not None


def latest_version() -> sa.ScalarSelect[Any]:
    """Select the latest version of the enrolment's module."""
    return (
        sa.select(Version.c.id)
        .where(Version.c.module_id == Enrolment.module_id)
        .order_by(Version.c.number.desc())
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def newer_version() -> sa.ScalarSelect[Any]:
    """Select the number of the latest version after the enrolment's that is not editorial."""
    return (
        sa.select(sa.func.max(Version.c.number))
        .where(
            Version.c.module_id == Enrolment.module_id,
            Version.c.number > ModuleVersion.number,
            Version.c.kind != "editorial",
        )
        .correlate(Enrolment, ModuleVersion)
        .scalar_subquery()
    )


def open_attempt() -> sa.ScalarSelect[Any]:
    """Select the attempt of the enrolment that is not submitted yet."""
    return (
        sa.select(Attempt.id)
        .where(Attempt.enrolment_id == Enrolment.id, Attempt.submitted_at.is_(None))
        .correlate(Enrolment)
        .scalar_subquery()
    )


def steps_read() -> sa.ScalarSelect[Any]:
    """Select the ids of the steps read, parted by spaces, which no id holds."""
    return (
        sa.select(sa.func.aggregate_strings(StepVisit.step_id, " "))
        .where(StepVisit.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def select_places() -> sa.Select[*tuple[Any, ...]]:
    """Select what makes a `Place`, by enrolment."""
    return (
        sa.select(
            Enrolment.id, Enrolment.agent_id, Enrolment.module_id, Module.slug, Enrolment.cycle,
            Enrolment.due_on, Enrolment.started_at, Enrolment.corps, ModuleVersion.id,
            ModuleVersion.number, ModuleVersion.published_at, newer_version(), open_attempt(),
            Completion.completed_at, Completion.valid_until, steps_read(),
        )
        .join(Module, Module.id == Enrolment.module_id)
        .join(
            ModuleVersion,
            ModuleVersion.id == sa.func.coalesce(Enrolment.version_id, latest_version()),
        )
        .outerjoin(
            Completion,
            (Completion.agent_id == Enrolment.agent_id)
            & (Completion.module_id == Enrolment.module_id)
            & (Completion.cycle == Enrolment.cycle),
        )
    )  # fmt: skip


def read_place(row: Any) -> Place:
    """Make a `Place` of a row of `select_places`."""
    return Place(*(*row[:-1], frozenset((row[-1] or "").split())))


FIND = (
    select_places()
    .where(Enrolment.agent_id == sa.bindparam("agent_id"), Module.slug == sa.bindparam("slug"))
    .order_by(Enrolment.cycle.desc())
    .limit(1)
)
"""Built once: this statement stands on every page of a module."""


def find_place(session: Session, *, agent_id: int, slug: str) -> Place | None:
    """Find an agent's place on a module, in their latest cycle."""
    row = session.execute(FIND, {"agent_id": agent_id, "slug": slug}).first()
    return read_place(row) if row else None


def list_last_read(session: Session, *, enrolment_id: int) -> dict[str, datetime]:
    """Map the steps read to the last time that each was."""
    rows = session.execute(
        sa.select(StepVisit.step_id, StepVisit.last_read_at).where(
            StepVisit.enrolment_id == enrolment_id
        )
    )
    return {row.step_id: row.last_read_at for row in rows}
