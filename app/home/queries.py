"""What an agent's own pages read beyond what each feature tells; filtered by the owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.learning.models import Completion
from app.people.models import Agent


@dataclass(frozen=True, slots=True)
class Proof:
    """A completion, with where the agent stood that day."""

    completed_at: datetime
    valid_until: date | None
    unit_names: list[str]
    """From the root, as they were named then."""
    corps: str
    grade: str
    equivalence_reason: str | None
    equivalence_proof: str | None
    granted_by: str | None
    """Who granted the equivalence."""


def list_proofs(session: Session, *, agent_id: int) -> dict[int, Proof]:
    """Map an agent's enrolments to their completion, where there is one."""
    rows = session.execute(
        sa.select(
            Completion.enrolment_id, Completion.completed_at, Completion.valid_until,
            Completion.unit_names, Completion.corps, Completion.grade,
            Completion.equivalence_reason, Completion.equivalence_proof,
            Agent.given_name + " " + Agent.family_name,
        )
        .outerjoin(Agent, Agent.id == Completion.granted_by_id)
        .where(Completion.agent_id == agent_id)
    )  # fmt: skip
    return {row[0]: Proof(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an agent beyond their session."""

    email: str | None
    arrived_on: date


def get_identity(session: Session, *, agent_id: int) -> Identity:
    """Give what an agent's own page says of them beyond their session."""
    row = session.execute(
        sa.select(Agent.email, Agent.arrived_on).where(Agent.id == agent_id)
    ).one()
    return Identity(*row)
