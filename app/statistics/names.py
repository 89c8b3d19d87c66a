"""Reads of names: who has not started, who is late. Every sight of one is journalled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.learning.models import Completion, Enrolment
from app.learning.owing import is_released
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below
from app.statistics.standing import Owing

Rows = sa.Select[*tuple[Any, ...]]
PAGE = 50
MOST_COUNTED = 10_000
"""Beyond, a list is said to be longer than that."""


@dataclass(frozen=True, slots=True)
class NamesAsked:
    """Which names are asked for, all in the viewer's scope."""

    paths: tuple[str, ...]
    module_id: int | None = None
    state: str = ""
    """``late``, ``not_started``, or both."""


def select_owing(today: date) -> Rows:
    """Select active agents with each module they owe and its last completion, or none."""
    completion, later, proof = aliased(Completion), aliased(Enrolment), aliased(Completion)
    owed = sa.and_(
        Enrolment.agent_id == Agent.id,
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
        sa.select(
            Agent.id, Agent.given_name, Agent.family_name, Agent.matricule,
            OrganisationalUnit.id, OrganisationalUnit.name,
            Enrolment.module_id, Enrolment.due_on, Enrolment.started_at,
            completion.completed_at, completion.valid_until,
        )
        .join(Assignment, sa.and_(Assignment.agent_id == Agent.id, Assignment.ends_on.is_(None)))
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .outerjoin(Enrolment, owed)
        .outerjoin(completion, done)
        .where(Agent.deactivated_at.is_(None), Assignment.starts_on <= today)
        .order_by(Agent.family_name, Agent.given_name, Agent.id, Enrolment.module_id)
    )  # fmt: skip


def select_follow_up(asked: NamesAsked, today: date) -> Rows:
    """Select who has not started or is late, in these subtrees."""
    statement = select_owing(today)
    completed_at = statement.selected_columns[9]
    late, idle = Enrolment.due_on < today, Enrolment.started_at.is_(None)
    wanted = {"late": late, "not_started": idle}.get(asked.state, sa.or_(late, idle))
    return statement.where(
        Enrolment.id.is_not(None),
        completed_at.is_(None),
        wanted,
        Enrolment.module_id == asked.module_id if asked.module_id is not None else sa.true(),
        sa.or_(sa.false(), *(below(path) for path in asked.paths)),
    )


def list_follow_up(
    session: Session,
    asked: NamesAsked,
    *,
    today: date,
    after: tuple[int, int] | None = None,
    limit: int = PAGE,
) -> list[Owing]:
    """List names by family name, from the one that follows the agent and module ``after``."""
    statement = select_follow_up(asked, today).limit(limit)
    if after is not None:
        last = aliased(Agent)
        statement = statement.join(last, last.id == after[0]).where(
            sa.tuple_(Agent.family_name, Agent.given_name, Agent.id, Enrolment.module_id)
            > sa.tuple_(last.family_name, last.given_name, last.id, sa.literal(after[1]))
        )
    return [Owing(*row) for row in session.execute(statement)]


def count_follow_up(session: Session, asked: NamesAsked, *, today: date) -> int:
    """Count the rows of the list, up to one more than the most counted."""
    rows = select_follow_up(asked, today).order_by(None).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0


def list_team(session: Session, *, unit_ids: Sequence[int], today: date) -> list[Owing]:
    """List the agents assigned to these very units, with what each owes."""
    statement = select_owing(today).where(Assignment.unit_id.in_(list(unit_ids)))
    return [Owing(*row) for row in session.execute(statement)]


def map_unit_names(session: Session, *, ids: Sequence[int]) -> dict[int, str]:
    """Map units to their names, by name."""
    unit = OrganisationalUnit
    statement = sa.select(unit.id, unit.name).where(unit.id.in_(list(ids))).order_by(unit.name)
    return {row.id: row.name for row in session.execute(statement)}
