"""Reads for administrators: people and the roles they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.matricule import matricule_key
from app.people.models import (
    Agent,
    Assignment,
    OrganisationalUnit,
)
from app.people.search_key import search_key

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Person:
    """An agent in the list."""

    id: int
    matricule: str
    given_name: str
    family_name: str
    unit_name: str | None
    is_active: bool


def list_people(session: Session, *, text: str, page: int) -> list[Person]:
    """List a page of the agents whose names or matricule hold every word, by family name."""
    rows = session.execute(
        sa.select(
            Agent.id,
            Agent.matricule,
            Agent.given_name,
            Agent.family_name,
            OrganisationalUnit.name,
            Agent.deactivated_at.is_(None),
        )
        .outerjoin(Assignment, (Assignment.agent_id == Agent.id) & Assignment.ends_on.is_(None))
        .outerjoin(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(matching(text))
        .order_by(Agent.search_key, Agent.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [Person(*row) for row in rows]


def count_people(session: Session, *, text: str) -> int:
    """Count the agents whose names or matricule hold every word."""
    return session.scalar(sa.select(sa.func.count()).select_from(Agent).where(matching(text))) or 0


def matching(text: str) -> sa.ColumnElement[bool]:
    """Match every word of a text in the folded names, or the matricule however it is typed."""
    if not text:
        return sa.true()
    words, key = search_key(text).split(), matricule_key(text)
    by_words = [Agent.search_key.contains(word, autoescape=True) for word in words]
    by_matricule = Agent.matricule_key.startswith(key or text, autoescape=True)
    return sa.or_(by_matricule, sa.and_(*by_words)) if by_words else by_matricule


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """An agent on their own page."""

    id: int
    matricule: str
    given_name: str
    family_name: str
    email: str | None
    language: str
    arrived_on: date
    deactivated_at: datetime | None
    has_password: bool
    must_change_password: bool
    password_expires_at: datetime | None

    @property
    def full_name(self) -> str:
        """Join the names as they are shown."""
        return f"{self.given_name} {self.family_name}"


def find_agent(session: Session, *, agent_id: int) -> AgentFacts | None:
    """Find an agent."""
    row = session.execute(
        sa.select(
            Agent.id,
            Agent.matricule,
            Agent.given_name,
            Agent.family_name,
            Agent.email,
            Agent.language,
            Agent.arrived_on,
            Agent.deactivated_at,
            Agent.password_hash.is_not(None),
            Agent.must_change_password,
            Agent.password_expires_at,
        ).where(Agent.id == agent_id)
    ).one_or_none()
    return AgentFacts(*row) if row else None


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """An assignment in an agent's history."""

    unit_name: str
    corps: str
    grade: str
    category: str
    starts_on: date
    ends_on: date | None


def list_assignments(session: Session, *, agent_id: int) -> list[AssignmentFacts]:
    """List an agent's assignments, the latest first."""
    rows = session.execute(
        sa.select(
            OrganisationalUnit.name,
            Assignment.corps,
            Assignment.grade,
            Assignment.category,
            Assignment.starts_on,
            Assignment.ends_on,
        )
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == agent_id)
        .order_by(Assignment.starts_on.desc(), Assignment.id.desc())
    )
    return [AssignmentFacts(*row) for row in rows]
