"""Compares staged rows with what is known: only those that say something new are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.directory.agent_fates import Beside
from app.people.import_models import ImportRow
from app.people.models import Agent, Assignment, OrganisationalUnit

TOLD = (
    "matricule", "key", "given_name", "family_name", "search_key", "email", "language",
    "unit_code", "corps", "grade", "category",
)  # fmt: skip
PLACED = sa.func.coalesce(
    sa.and_(
        OrganisationalUnit.code == ImportRow.unit_code,
        Assignment.corps == ImportRow.corps,
        Assignment.grade == ImportRow.grade,
        Assignment.category == ImportRow.category,
    ),
    sa.false(),
)
SAME = sa.and_(
    Agent.matricule == ImportRow.matricule,
    Agent.given_name == ImportRow.given_name,
    Agent.family_name == ImportRow.family_name,
    Agent.arrived_on == ImportRow.arrived_on,
    # An empty mail or language says nothing.
    sa.or_(ImportRow.email == "", ImportRow.email == sa.func.coalesce(Agent.email, "")),
    sa.or_(ImportRow.language == "", ImportRow.language == Agent.language),
    Agent.left_on.is_(None),
    ImportRow.leaves_on.is_(None),
)
SAYS_NOTHING = sa.and_(Agent.id.is_not(None), Assignment.id.is_not(None), SAME, PLACED)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row that says something new, whole."""

    beside: Beside
    told: dict[str, Any]
    """What it says, by name."""


def find_end(session: Session, *, import_id: int, after: int, count: int) -> int | None:
    """Find the last line of the next so many rows; None where none is left."""
    lines = (
        sa.select(ImportRow.line)
        .where(ImportRow.import_id == import_id, ImportRow.line > after)
        .order_by(ImportRow.line)
        .limit(count)
        .subquery()
    )
    last: int | None = session.scalar(sa.select(sa.func.max(lines.c.line)))
    return last


def between(import_id: int, after: int, last: int) -> sa.ColumnElement[bool]:
    """Match the rows of an import between two lines."""
    return sa.and_(ImportRow.import_id == import_id, ImportRow.line > after, ImportRow.line <= last)


def list_new(session: Session, *, import_id: int, after: int, last: int) -> list[ComparedRow]:
    """List the rows between two lines that say something new, each beside what is known."""
    rows = session.execute(
        sa.select(
            ImportRow.line, ImportRow.arrived_on, ImportRow.since, ImportRow.leaves_on, Agent.id,
            Agent.left_on, Assignment.id, Assignment.starts_on, PLACED,
            *(getattr(ImportRow, name) for name in TOLD),
        )
        .outerjoin(Agent, Agent.matricule_key == ImportRow.key)
        .outerjoin(Assignment, (Assignment.agent_id == Agent.id) & Assignment.ends_on.is_(None))
        .outerjoin(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(between(import_id, after, last), sa.not_(SAYS_NOTHING))
        .order_by(ImportRow.line)
    )  # fmt: skip
    return [ComparedRow(Beside(*row[:9]), dict(zip(TOLD, row[9:], strict=True))) for row in rows]


def count_rows(session: Session, *, import_id: int, after: int, last: int) -> int:
    """Count the rows between two lines."""
    statement = sa.select(sa.func.count()).where(between(import_id, after, last))
    return session.scalar(statement) or 0


def count_inactive(session: Session, *, import_id: int) -> int:
    """Count the agents of the file whose account an administrator has closed: it stays so."""
    statement = (
        sa.select(sa.func.count())
        .select_from(Agent)
        .join(ImportRow, ImportRow.key == Agent.matricule_key)
        .where(
            ImportRow.import_id == import_id, Agent.deactivated_at.is_not(None),
            Agent.left_on.is_(None),
        )
    )  # fmt: skip
    return session.scalar(statement) or 0


def list_homonyms(session: Session, *, import_id: int, lines: list[int]) -> list[int]:
    """List those of these lines whose agent has the names of one that is known."""
    same = sa.exists().where(
        Agent.family_name == ImportRow.family_name,
        Agent.given_name == ImportRow.given_name,
        Agent.matricule_key != ImportRow.key,
    )
    statement = (
        sa.select(ImportRow.line)
        .where(ImportRow.import_id == import_id, ImportRow.line.in_(lines), same)
        .order_by(ImportRow.line)
    )
    return list(session.scalars(statement))
