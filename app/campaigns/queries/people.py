"""Reads about one agent, for those who follow them: where they are, what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.campaigns.cycles import is_open
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment
from app.learning.owing import is_released
from app.people.matricule import matricule_key
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below
from app.people.search_key import search_key

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Person:
    """An agent of the viewer's subtrees."""

    id: int
    given_name: str
    family_name: str
    matricule: str
    unit_id: int
    unit_name: str

    @property
    def full_name(self) -> str:
        """Join the names, family name first as in a list."""
        return f"{self.family_name} {self.given_name}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an agent and not completed."""

    enrolment_id: int
    slug: str
    cycle: int
    due_on: date
    base_due_on: date | None


@dataclass(frozen=True, slots=True)
class Granted:
    """An equivalence of an agent."""

    slug: str
    completed_at: datetime
    valid_until: date | None
    reason: str
    proof: str
    granted_by: str


def select_people(paths: Sequence[str]) -> sa.Select[int, str, str, str, int, str]:
    """Select the active agents assigned below these paths."""
    unit = OrganisationalUnit
    return (
        sa.select(
            Agent.id, Agent.given_name, Agent.family_name, Agent.matricule, unit.id, unit.name
        )
        .join(Assignment, sa.and_(Assignment.agent_id == Agent.id, Assignment.ends_on.is_(None)))
        .join(unit, unit.id == Assignment.unit_id)
        .where(Agent.deactivated_at.is_(None), sa.or_(sa.false(), *(below(path) for path in paths)))
    )


def find_person(session: Session, agent_id: int, *, paths: Sequence[str]) -> Person | None:
    """Find an active agent of these subtrees."""
    row = session.execute(select_people(paths).where(Agent.id == agent_id)).one_or_none()
    return Person(*row) if row else None


def search_people(session: Session, text: str, *, paths: Sequence[str]) -> list[Person]:
    """List the first agents of these subtrees with this name or this matricule."""
    words, key = search_key(text).split(), matricule_key(text)
    if not words:
        return []
    named = [Agent.search_key.contains(word, autoescape=True) for word in words]
    found = select_people(paths).where(sa.or_(sa.and_(*named), Agent.matricule_key == key))
    rows = session.execute(found.order_by(Agent.search_key, Agent.id).limit(MOST_FOUND))
    return [Person(*row) for row in rows]


def list_asked(session: Session, *, agent_id: int) -> list[Asked]:
    """List what an agent owes, the earliest date first."""
    rows: Any = session.execute(
        sa.select(
            Enrolment.id, Module.slug, Enrolment.cycle, Enrolment.due_on, Enrolment.base_due_on
        )
        .join(Module, Module.id == Enrolment.module_id)
        .where(
            Enrolment.agent_id == agent_id,
            Enrolment.due_on.is_not(None),
            sa.not_(is_released(Enrolment)),
            is_open(Enrolment),
        )
        .order_by(Enrolment.due_on, Enrolment.id)
    )
    return [Asked(*row) for row in rows]


def list_granted(session: Session, *, agent_id: int) -> list[Granted]:
    """List the equivalences of an agent, the latest first."""
    author = aliased(Agent)
    rows: Any = session.execute(
        sa.select(
            Module.slug, Completion.completed_at, Completion.valid_until,
            Completion.equivalence_reason, sa.func.coalesce(Completion.equivalence_proof, ""),
            sa.func.coalesce(author.family_name + " " + author.given_name, ""),
        )
        .join(Module, Module.id == Completion.module_id)
        .outerjoin(author, author.id == Completion.granted_by_id)
        .where(Completion.agent_id == agent_id, Completion.equivalence_reason.is_not(None))
        .order_by(Completion.id.desc())
    )  # fmt: skip
    return [Granted(*row) for row in rows]
