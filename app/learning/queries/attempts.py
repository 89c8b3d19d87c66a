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


def marked_items() -> sa.ScalarSelect[Any]:
    """Select the items marked for review, parted by spaces."""
    return (
        sa.select(spaced(ReviewMark.item_id))
        .where(ReviewMark.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )


SITTING = (
    sa.select(
        Attempt.id, Attempt.number, Attempt.enrolment_id, Module.slug, Attempt.version_id,
        Attempt.corps, Attempt.language, Attempt.draw, Attempt.pass_mark, Attempt.started_at,
        Attempt.submitted_at, Attempt.score_numerator, Attempt.score_denominator, Attempt.passed,
        marked_items(),
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .join(Module, Module.id == Enrolment.module_id)
)  # fmt: skip

FIND = SITTING.where(
    Attempt.id == sa.bindparam("attempt_id"),
    Enrolment.agent_id == sa.bindparam("agent_id"),
    Module.slug == sa.bindparam("slug"),
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
    statement = SITTING.where(Attempt.enrolment_id == enrolment_id).order_by(Attempt.number)
    return [read_sitting(row) for row in session.execute(statement)]


def find_last_submitted(session: Session, *, enrolment_id: int) -> Sitting | None:
    """Find the attempt of an enrolment that was submitted last."""
    statement = SITTING.where(
        Attempt.enrolment_id == enrolment_id, Attempt.submitted_at.is_not(None)
    ).order_by(Attempt.number.desc())
    row = session.execute(statement.limit(1)).first()
    return read_sitting(row) if row else None


def list_given(session: Session, *, attempt_id: int) -> dict[str, Given]:
    """Map the items answered in an attempt to their current answer: the last one received."""
    last = sa.select(sa.func.max(Answer.id)).where(Answer.attempt_id == attempt_id)
    rows = session.execute(
        sa.select(Answer.item_id, Answer.token, Answer.value, Answer.received_at).where(
            Answer.id.in_(last.group_by(Answer.item_id))
        )
    )
    return {row.item_id: Given(*row) for row in rows}


def count_seen(session: Session, *, agent_id: int, module_id: int) -> Counter[str]:
    """Count how often each item was asked of an agent, in all their attempts on a module."""
    draws = session.scalars(
        sa.select(Attempt.draw)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.agent_id == agent_id, Enrolment.module_id == module_id)
    )
    return Counter(asked["item"] for draw in draws for asked in draw)
