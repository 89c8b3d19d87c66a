"""Reads of names: agents with what they owe. Every sight of them is journalled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.learning.models import Completion, Enrolment
from app.learning.owing import is_released
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.statistics.standing import Owing

Rows = sa.Select[*tuple[Any, ...]]
PERSON = (
    Agent.id, Agent.given_name, Agent.family_name, Agent.matricule,
    OrganisationalUnit.id, OrganisationalUnit.name,
    Enrolment.module_id, Enrolment.due_on, Enrolment.started_at,
)  # fmt: skip
"""The first columns of an `Owing`."""


def is_owed() -> sa.ColumnElement[bool]:
    """Tell an enrolment by which a module is owed: its agent's latest with a due date."""
    later = aliased(Enrolment)
    return sa.and_(
        Enrolment.due_on.is_not(None),
        sa.not_(is_released(Enrolment)),
        sa.not_(
            sa.exists().where(
                later.agent_id == Enrolment.agent_id, later.module_id == Enrolment.module_id,
                later.due_on.is_not(None), later.cycle > Enrolment.cycle,
                sa.not_(is_released(later)),
            )
        ),
    )  # fmt: skip


def select_people(today: date, *columns: Any) -> Rows:
    """Select columns of the agents active today, with their unit."""
    return (
        sa.select(*columns)
        .select_from(Agent)
        .join(Assignment, sa.and_(Assignment.agent_id == Agent.id, Assignment.ends_on.is_(None)))
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Agent.deactivated_at.is_(None), Assignment.starts_on <= today)
    )


def select_owing(today: date) -> Rows:
    """Select active agents with each module they owe and its last completion, or none."""
    completion, proof = aliased(Completion), aliased(Completion)
    last = sa.select(sa.func.max(proof.cycle)).where(
        proof.agent_id == Enrolment.agent_id, proof.module_id == Enrolment.module_id
    )
    done = sa.and_(
        completion.agent_id == Enrolment.agent_id,
        completion.module_id == Enrolment.module_id,
        completion.cycle >= Enrolment.cycle,
        completion.cycle == last.correlate(Enrolment).scalar_subquery(),
    )
    return (
        select_people(today, *PERSON, completion.completed_at, completion.valid_until)
        .outerjoin(Enrolment, sa.and_(Enrolment.agent_id == Agent.id, is_owed()))
        .outerjoin(completion, done)
        .order_by(Agent.family_name, Agent.given_name, Agent.id, Enrolment.module_id)
    )


def list_team(session: Session, *, unit_ids: Sequence[int], today: date) -> list[Owing]:
    """List the agents assigned to these very units, with what each owes."""
    statement = select_owing(today).where(Assignment.unit_id.in_(list(unit_ids)))
    return [Owing(*row) for row in session.execute(statement)]


def map_unit_names(session: Session, *, ids: Sequence[int]) -> dict[int, str]:
    """Map units to their names, by name."""
    unit = OrganisationalUnit
    statement = sa.select(unit.id, unit.name).where(unit.id.in_(list(ids))).order_by(unit.name)
    return {row.id: row.name for row in session.execute(statement)}
