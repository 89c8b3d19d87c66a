"""Finds who is not in a file that is said to be complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.people.import_models import ImportRow
from app.people.models import Agent, Assignment, OrganisationalUnit, RoleAssignment

ADMINISTERS = sa.exists().where(
    RoleAssignment.agent_id == Agent.id,
    RoleAssignment.role == Role.ADMINISTRATOR,
    RoleAssignment.ended_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Leaver:
    """An agent who leaves, and the assignment that ends."""

    agent_id: int
    assignment_id: int
    held_since: date


def select_population(below_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    """Select the agents assigned below a unit, or all, each with the assignment that holds."""
    statement = (
        sa.select(Agent.id, Assignment.id, Assignment.starts_on)
        .join(Assignment, (Assignment.agent_id == Agent.id) & Assignment.ends_on.is_(None))
        .where(Agent.left_on.is_(None), Agent.deactivated_at.is_(None))
    )
    if below_id is None:
        return statement
    top = sa.select(OrganisationalUnit.path).where(OrganisationalUnit.id == below_id)
    path = top.scalar_subquery()
    return statement.join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id).where(
        sa.func.substr(OrganisationalUnit.path, 1, sa.func.length(path)) == path
    )


def select_absent(import_id: int, below_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    """Select those of them who are not in the file; who administers never leaves by absence."""
    listed = sa.exists().where(
        ImportRow.import_id == import_id, ImportRow.key == Agent.matricule_key
    )
    return select_population(below_id).where(sa.not_(listed), sa.not_(ADMINISTERS))


def count_population(session: Session, *, below_id: int | None) -> int:
    """Count the agents for whom a file is complete."""
    people = select_population(below_id).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(people)) or 0


def count_absent(session: Session, *, import_id: int, below_id: int | None) -> int:
    """Count the agents who are not in the file."""
    people = select_absent(import_id, below_id).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(people)) or 0


def list_absent(
    session: Session, *, import_id: int, below_id: int | None, after: int, count: int
) -> list[Leaver]:
    """List the next agents who are not in the file, by their ids."""
    statement = select_absent(import_id, below_id).where(Agent.id > after)
    rows = session.execute(statement.order_by(Agent.id).limit(count))
    return [Leaver(*row) for row in rows]
