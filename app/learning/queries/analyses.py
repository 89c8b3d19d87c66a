"""Reads for the analysis of questions: first attempts, without those who write or approve them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.learning.models import PracticeAnswer, VersionAnalysis
from app.learning.queries.errata import PLACE, SAT
from app.people.models import RoleAssignment

STAFF = (Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR)
"""Roles of those who may have seen the key."""
TRIED = PracticeAnswer.__table__


@dataclass(frozen=True, slots=True)
class FirstAttempt:
    """An agent's first attempt at a module, without its agent."""

    id: int
    language: str
    draw: list[dict[str, Any]]
    numerator: int
    denominator: int


def is_staff() -> sa.ColumnElement[bool]:
    """Tell whether the enrolment's agent has, or had, a role of those who may know the key."""
    return sa.exists().where(
        RoleAssignment.agent_id == PLACE.c.agent_id, RoleAssignment.role.in_(STAFF)
    )


def select_first(*columns: Any) -> sa.Select[Any]:
    """Select first attempts of a first cycle that were handed in."""
    return (
        sa.select(*columns)
        .select_from(SAT)
        .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
        .where(SAT.c.number == 1, PLACE.c.cycle == 1, SAT.c.submitted_at.is_not(None), ~is_staff())
    )


def count_first(session: Session, *, version_id: int) -> int:
    """Count the first attempts at a version."""
    statement = select_first(sa.func.count()).where(SAT.c.version_id == version_id)
    return session.scalar(statement) or 0


def list_first(session: Session, *, version_id: int, after: int, size: int) -> list[FirstAttempt]:
    """List the next first attempts at a version, in the order of their ids."""
    columns = (
        SAT.c.id, SAT.c.language, SAT.c.draw, SAT.c.score_numerator, SAT.c.score_denominator,
    )  # fmt: skip
    statement = select_first(*columns).where(SAT.c.version_id == version_id, SAT.c.id > after)
    return [FirstAttempt(*row) for row in session.execute(statement.order_by(SAT.c.id).limit(size))]


def list_sat_versions(session: Session) -> list[int]:
    """List the versions at which attempts were handed in."""
    statement = sa.select(SAT.c.version_id).where(SAT.c.submitted_at.is_not(None)).distinct()
    return sorted(session.scalars(statement))


def list_walked(session: Session, *, version_id: int) -> Iterator[tuple[str, str, int]]:
    """Give, for each thing answered in a first walk at a version, its item and how many agents."""
    value = sa.cast(TRIED.c.value, sa.Text)
    rows = session.execute(
        sa.select(TRIED.c.item_id, value, sa.func.count(sa.distinct(TRIED.c.enrolment_id)))
        .join(PLACE, PLACE.c.id == TRIED.c.enrolment_id)
        .where(
            PLACE.c.version_id == version_id, PLACE.c.cycle == 1, TRIED.c.walk == 1,
            TRIED.c.value.is_not(None), ~is_staff(),
        )
        .group_by(TRIED.c.item_id, value)
    )  # fmt: skip
    yield from ((row[0], row[1], row[2]) for row in rows)


def find_analysis(session: Session, *, version_id: int) -> VersionAnalysis | None:
    """Find what was last computed of a version."""
    return session.get(VersionAnalysis, version_id)


def list_analyses(session: Session, *, version_ids: list[int]) -> list[VersionAnalysis]:
    """List what was last computed of some versions."""
    statement = sa.select(VersionAnalysis).where(VersionAnalysis.version_id.in_(version_ids))
    return list(session.scalars(statement.order_by(VersionAnalysis.version_id)))
