"""Reads about what errata did: their effect as totals, the scores of one attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import ModuleVersion
from app.learning.queries.errata import DONE, MADE, OTHER, PLACE, SAT, earlier_pass


@dataclass(frozen=True, slots=True)
class Effect:
    """What an erratum changes, or has changed, for those who were asked a corrected question."""

    attempts: int = 0
    """Attempts in which a corrected question was asked."""
    asked: int = 0
    """Agents of these attempts."""
    raised: int = 0
    """Attempts under the mark that now reach it."""
    lowered: int = 0
    """Attempts that would no longer reach it: they keep their pass."""
    agents: int = 0
    """Agents of the raised attempts."""
    certificates: int = 0

    @property
    def unchanged(self) -> int:
        """Count the attempts whose outcome stays what it was."""
        return self.attempts - self.raised - self.lowered


def measure_effect(session: Session, *, version_id: int) -> Effect:
    """Count what an erratum has done so far."""
    stood = sa.or_(SAT.c.passed, earlier_pass(version_id))
    raised = sa.and_(MADE.c.passed, ~stood)
    by_it = sa.and_(raised, DONE.c.id.is_not(None))
    statement = (
        sa.select(
            sa.func.count(), sa.func.count(sa.distinct(PLACE.c.agent_id)), total(raised),
            total(sa.and_(~MADE.c.passed, stood)),
            sa.func.count(sa.distinct(sa.case((raised, PLACE.c.agent_id)))), total(by_it),
        )
        .select_from(MADE)
        .join(SAT, SAT.c.id == MADE.c.attempt_id)
        .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
        .outerjoin(DONE, DONE.c.attempt_id == SAT.c.id)
        .where(MADE.c.version_id == version_id)
    )  # fmt: skip
    return Effect(*session.execute(statement).one())


def total(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Count the rows that meet a condition."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


@dataclass(frozen=True, slots=True)
class CorrectedScore:
    """What an attempt earns by an erratum."""

    version_id: int
    number: int
    numerator: int
    denominator: int
    passed: bool
    applied_at: datetime

    @property
    def share(self) -> Fraction:
        """Give the score."""
        return Fraction(self.numerator, self.denominator)


def list_corrected(session: Session, *, attempt_id: int) -> list[CorrectedScore]:
    """List what the errata made of an attempt, the last one first; its owner was checked before."""
    rows = session.execute(
        sa.select(
            MADE.c.version_id, ModuleVersion.number, MADE.c.score_numerator,
            MADE.c.score_denominator, MADE.c.passed, MADE.c.applied_at,
        )
        .join(ModuleVersion, ModuleVersion.id == MADE.c.version_id)
        .where(MADE.c.attempt_id == attempt_id)
        .order_by(ModuleVersion.number.desc())
    )  # fmt: skip
    return [CorrectedScore(*row) for row in rows]


def is_raised() -> sa.ColumnElement[bool]:
    """Tell whether the attempt of the row passes by an erratum alone."""
    helped = sa.exists().where(MADE.c.attempt_id == SAT.c.id, MADE.c.passed)
    return sa.and_(~sa.func.coalesce(SAT.c.passed, sa.true()), helped)


def list_raised(session: Session, *, enrolment_id: int) -> set[int]:
    """List the attempts of an enrolment that pass by an erratum alone."""
    mine = sa.select(SAT.c.id).where(SAT.c.enrolment_id == enrolment_id, is_raised())
    return set(session.scalars(mine))


def untold_correction() -> sa.ScalarSelect[int]:
    """Select the attempt that completes the row's cycle by an erratum, until that was read."""
    read = sa.exists().where(OTHER.c.attempt_id == MADE.c.attempt_id, OTHER.c.told_at.is_not(None))
    failed = sa.exists().where(SAT.c.id == MADE.c.attempt_id, ~SAT.c.passed)
    return (
        sa.select(MADE.c.attempt_id)
        .where(MADE.c.attempt_id == DONE.c.attempt_id, MADE.c.passed, failed, ~read)
        .limit(1)
        .correlate(DONE)
        .scalar_subquery()
    )
