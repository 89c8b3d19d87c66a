"""Reads about attempts; an attempt is found by its owner only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import Module
from app.learning.drawing import Asked
from app.learning.models import Answer, Attempt, Enrolment, ReviewMark
from app.learning.spaced import spaced


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt, with everything needed to show it again."""

    id: int
    number: int
    enrolment_id: int
    slug: str
    version_id: int
    corps: str
    language: str
    draw: list[Asked]
    pass_mark: int
    started_at: datetime
    submitted_at: datetime | None
    numerator: int | None
    denominator: int | None
    passed: bool | None
    marked: frozenset[str] = frozenset()
    """Items that the agent wants to look at again."""

    @property
    def share(self) -> Fraction | None:
        """Give the score, once there is one."""
        return None if self.numerator is None else Fraction(self.numerator, self.denominator)

    @property
    def item_ids(self) -> tuple[str, ...]:
        """List the items in the order asked."""
        return tuple(asked["item"] for asked in self.draw)


@dataclass(frozen=True, slots=True)
class Given:
    """The current answer of an item."""

    item_id: str
    token: str
    value: Any
    received_at: datetime


# Tables rather than their classes: these statements stand before every question and answer.
SAT, PLACE, MODULE, MARKED, GIVEN = (
    model.__table__ for model in (Attempt, Enrolment, Module, ReviewMark, Answer)
)


def marked_items() -> sa.ScalarSelect[Any]:
    """Select the items marked for review, parted by spaces."""
    return (
        sa.select(spaced(MARKED.c.item_id))
        .where(MARKED.c.attempt_id == SAT.c.id)
        .correlate(SAT)
        .scalar_subquery()
    )


SITTING = (
    sa.select(
        SAT.c.id, SAT.c.number, SAT.c.enrolment_id, MODULE.c.slug, SAT.c.version_id,
        SAT.c.corps, SAT.c.language, SAT.c.draw, SAT.c.pass_mark, SAT.c.started_at,
        SAT.c.submitted_at, SAT.c.score_numerator, SAT.c.score_denominator, SAT.c.passed,
        marked_items(),
    )
    .select_from(SAT)
    .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
    .join(MODULE, MODULE.c.id == PLACE.c.module_id)
)  # fmt: skip

FIND = SITTING.where(
    SAT.c.id == sa.bindparam("attempt_id"),
    PLACE.c.agent_id == sa.bindparam("agent_id"),
    MODULE.c.slug == sa.bindparam("slug"),
)
"""Built once: this statement stands before every answer."""


def read_sitting(row: Any) -> Sitting:
    """Make a `Sitting` of a row of `SITTING`."""
    return Sitting(*(*row[:-1], frozenset((row[-1] or "").split())))


def find_sitting(session: Session, *, agent_id: int, slug: str, attempt_id: int) -> Sitting | None:
    """Find an attempt of this agent on this module."""
    values = {"agent_id": agent_id, "slug": slug, "attempt_id": attempt_id}
    row = session.execute(FIND, values).first()
    return read_sitting(row) if row else None


def list_sittings(session: Session, *, enrolment_id: int) -> list[Sitting]:
    """List the attempts of an enrolment, oldest first."""
    statement = SITTING.where(SAT.c.enrolment_id == enrolment_id).order_by(SAT.c.number)
    return [read_sitting(row) for row in session.execute(statement)]


LAST_SUBMITTED = (
    SITTING.where(
        SAT.c.enrolment_id == sa.bindparam("enrolment_id"), SAT.c.submitted_at.is_not(None)
    )
    .order_by(SAT.c.number.desc())
    .limit(1)
)


def find_last_submitted(session: Session, *, enrolment_id: int) -> Sitting | None:
    """Find the attempt of an enrolment that was submitted last."""
    row = session.execute(LAST_SUBMITTED, {"enrolment_id": enrolment_id}).first()
    return read_sitting(row) if row else None


LAST_GIVEN = (
    sa.select(sa.func.max(GIVEN.c.id))
    .where(GIVEN.c.attempt_id == sa.bindparam("attempt_id"))
    .group_by(GIVEN.c.item_id)
)
LIST_GIVEN = sa.select(
    GIVEN.c.item_id, GIVEN.c.token, GIVEN.c.value, GIVEN.c.received_at
).where(GIVEN.c.id.in_(LAST_GIVEN))  # fmt: skip


def list_given(session: Session, *, attempt_id: int) -> dict[str, Given]:
    """Map the items answered in an attempt to their current answer: the last one received."""
    rows = session.execute(LIST_GIVEN, {"attempt_id": attempt_id})
    return {row.item_id: Given(*row) for row in rows}


DRAWN = (
    sa.select(SAT.c.draw)
    .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
    .where(
        PLACE.c.agent_id == sa.bindparam("agent_id"),
        PLACE.c.module_id == sa.bindparam("module_id"),
    )
)


def count_seen(session: Session, *, agent_id: int, module_id: int) -> Counter[str]:
    """Count how often each item was asked of an agent, in all their attempts on a module."""
    draws = session.scalars(DRAWN, {"agent_id": agent_id, "module_id": module_id})
    return Counter(asked["item"] for draw in draws for asked in draw)
