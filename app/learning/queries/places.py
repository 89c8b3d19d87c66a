"""Where an agent stands in a module: enrolment, version, steps read, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.learning.models import Attempt, Completion, Enrolment, StepVisit
from app.learning.owing import is_released
from app.learning.spaced import spaced

# Tables rather than their classes: these statements stand on every page of a module.
PLACE, MODULE, VERSION, DONE, SAT, READ = (
    model.__table__ for model in (Enrolment, Module, ModuleVersion, Completion, Attempt, StepVisit)
)
OTHER, FORMER = VERSION.alias("other"), DONE.alias("former")


@dataclass(frozen=True, slots=True)
class Place:
    """An agent's place on a module, in their latest cycle."""

    enrolment_id: int
    agent_id: int
    module_id: int
    slug: str
    cycle: int
    due_on: date | None
    """None where nothing asks for it, or nothing does any more."""
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
    has_failed: bool
    """Whether an attempt of this cycle did not pass."""
    completed_at: datetime | None
    valid_until: date | None
    former_version_id: int | None
    """The version that the agent passed last, in an earlier cycle."""
    is_changed: bool
    """Whether that version and this one differ by more than their wording."""
    read: frozenset[str]
    """Ids of the steps read."""

    @property
    def is_completed(self) -> bool:
        """Tell whether all was read and the quiz passed."""
        return self.completed_at is not None


def owed_by() -> sa.ColumnElement[Any]:
    """Select the due date of an enrolment that is still owed."""
    return sa.case((sa.not_(is_released(PLACE.c)), PLACE.c.due_on))


def latest_version() -> sa.ScalarSelect[Any]:
    """Select the latest version of the enrolment's module."""
    return (
        sa.select(OTHER.c.id)
        .where(OTHER.c.module_id == PLACE.c.module_id)
        .order_by(OTHER.c.number.desc())
        .limit(1)
        .correlate(PLACE)
        .scalar_subquery()
    )


def newer_version() -> sa.ScalarSelect[Any]:
    """Select the number of the latest version after the enrolment's that is not editorial."""
    return (
        sa.select(sa.func.max(OTHER.c.number))
        .where(
            OTHER.c.module_id == PLACE.c.module_id,
            OTHER.c.number > VERSION.c.number,
            OTHER.c.kind != "editorial",
        )
        .correlate(PLACE, VERSION)
        .scalar_subquery()
    )


def former_version() -> sa.ColumnElement[Any]:
    """Select the version of the last quiz passed in an earlier cycle of the enrolment's module."""
    passed = (
        sa.select(FORMER.c.version_id)
        .where(
            FORMER.c.agent_id == PLACE.c.agent_id,
            FORMER.c.module_id == PLACE.c.module_id,
            FORMER.c.cycle < PLACE.c.cycle,
            FORMER.c.attempt_id.is_not(None),
        )
        .order_by(FORMER.c.cycle.desc())
        .limit(1)
        .correlate(PLACE)
        .scalar_subquery()
    )
    return sa.case((PLACE.c.cycle > 1, passed))


def is_changed() -> sa.ColumnElement[bool]:
    """Tell whether a version after the former one, up to the enrolment's, is not editorial."""
    then = VERSION.alias("then")
    number = sa.select(then.c.number).where(then.c.id == former_version()).correlate(PLACE)
    published = sa.select(OTHER.c.id).where(
        OTHER.c.module_id == PLACE.c.module_id,
        OTHER.c.number > number.scalar_subquery(),
        OTHER.c.number <= VERSION.c.number,
        OTHER.c.kind != "editorial",
    )
    return sa.and_(PLACE.c.cycle > 1, published.correlate(PLACE, VERSION).exists())


def open_attempt() -> sa.ScalarSelect[Any]:
    """Select the attempt of the enrolment that is not submitted yet."""
    return (
        sa.select(SAT.c.id)
        .where(SAT.c.enrolment_id == PLACE.c.id, SAT.c.submitted_at.is_(None))
        .correlate(PLACE)
        .scalar_subquery()
    )


def has_failed() -> sa.ColumnElement[bool]:
    """Tell whether an attempt of the enrolment was handed in and did not pass."""
    failed = sa.select(SAT.c.id).where(SAT.c.enrolment_id == PLACE.c.id, sa.not_(SAT.c.passed))
    return failed.correlate(PLACE).exists()


def steps_read() -> sa.ScalarSelect[Any]:
    """Select the ids of the steps read, parted by spaces, which no id holds."""
    return (
        sa.select(spaced(READ.c.step_id))
        .where(READ.c.enrolment_id == PLACE.c.id)
        .correlate(PLACE)
        .scalar_subquery()
    )


def select_places() -> sa.Select[*tuple[Any, ...]]:
    """Select what makes a `Place`, by enrolment."""
    return (
        sa.select(
            PLACE.c.id, PLACE.c.agent_id, PLACE.c.module_id, MODULE.c.slug, PLACE.c.cycle,
            owed_by(), PLACE.c.started_at, PLACE.c.corps, VERSION.c.id,
            VERSION.c.number, VERSION.c.published_at, newer_version(), open_attempt(),
            has_failed(), DONE.c.completed_at, DONE.c.valid_until, former_version(),
            is_changed(), steps_read(),
        )
        .select_from(PLACE)
        .join(MODULE, MODULE.c.id == PLACE.c.module_id)
        .join(
            VERSION,
            VERSION.c.id == sa.func.coalesce(PLACE.c.version_id, latest_version()),
        )
        .outerjoin(
            DONE,
            (DONE.c.agent_id == PLACE.c.agent_id)
            & (DONE.c.module_id == PLACE.c.module_id)
            & (DONE.c.cycle == PLACE.c.cycle),
        )
    )  # fmt: skip


def read_place(row: Any) -> Place:
    """Make a `Place` of a row of `select_places`."""
    return Place(*(*row[:-1], frozenset((row[-1] or "").split())))


FIND = (
    select_places()
    .where(PLACE.c.agent_id == sa.bindparam("agent_id"), MODULE.c.slug == sa.bindparam("slug"))
    .order_by(PLACE.c.cycle.desc())
    .limit(1)
)
FIND_BY_ID = select_places().where(PLACE.c.id == sa.bindparam("enrolment_id"))
"""Built once: the first stands on every page of a module, the second while writers wait."""


def find_place(session: Session, *, agent_id: int, slug: str) -> Place | None:
    """Find an agent's place on a module, in their latest cycle."""
    row = session.execute(FIND, {"agent_id": agent_id, "slug": slug}).first()
    return read_place(row) if row else None


def get_place(session: Session, *, enrolment_id: int) -> Place:
    """Get the place of an enrolment that is known to be there."""
    return read_place(session.execute(FIND_BY_ID, {"enrolment_id": enrolment_id}).one())


LAST_READ = sa.select(READ.c.step_id, READ.c.last_read_at).where(
    READ.c.enrolment_id == sa.bindparam("enrolment_id")
)


def list_last_read(session: Session, *, enrolment_id: int) -> dict[str, datetime]:
    """Map the steps read to the last time that each was."""
    rows = session.execute(LAST_READ, {"enrolment_id": enrolment_id})
    return {row.step_id: row.last_read_at for row in rows}
