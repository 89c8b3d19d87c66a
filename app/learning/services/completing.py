"""Make the completion of a cycle: by a quiz passed, or by an equivalence granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days import day_of
from app.journal.services import Action, record
from app.learning.models import Completion, Enrolment
from app.learning.queries.snapshots import find_snapshot, find_validity
from app.learning.signals import completed


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Why something else counts as the module, and who granted it."""

    reason: str
    proof: str
    granted_by_id: int


def complete(
    session: Session,
    enrolment: Enrolment,
    *,
    version_id: int,
    done: int | Equivalence,
    default_months: int,
    now: datetime,
) -> Completion:
    """Record the permanent fact, with the agent's unit and grade as they are that day.

    ``done`` is the attempt that passed, or the equivalence.
    """
    snapshot = find_snapshot(session, agent_id=enrolment.agent_id, day=day_of(now))
    validity = find_validity(
        session, campaign_id=enrolment.campaign_id, default_months=default_months
    )
    completion = Completion(
        agent_id=enrolment.agent_id, module_id=enrolment.module_id, version_id=version_id,
        enrolment_id=enrolment.id, cycle=enrolment.cycle, completed_at=now,
        valid_until=validity.until(now, find_former_end(session, enrolment)),
        unit_id=snapshot.unit_id, unit_path=snapshot.unit_path,
        unit_names=list(snapshot.unit_names), corps=snapshot.corps, grade=snapshot.grade,
        category=snapshot.category, **describe(done),
    )  # fmt: skip
    session.add(completion)
    session.flush()  # Receivers and the journal name it by its id.
    record(
        session,
        Action.COMPLETED if completion.attempt_id else Action.EQUIVALENCE_GRANTED,
        actor_id=completion.granted_by_id or enrolment.agent_id,
        object_kind="completion",
        object_id=completion.id,
    )
    completed.send(session, completion=completion)
    return completion


def describe(done: int | Equivalence) -> dict[str, Any]:
    """Give the columns that say how a cycle was completed."""
    if not isinstance(done, Equivalence):
        return {"attempt_id": done}
    return {
        "equivalence_reason": done.reason,
        "equivalence_proof": done.proof,
        "granted_by_id": done.granted_by_id,
    }


def find_former_end(session: Session, enrolment: Enrolment) -> date | None:
    """Find the last day of the proof that this cycle renews."""
    return session.scalar(
        sa.select(Completion.valid_until)
        .where(
            Completion.agent_id == enrolment.agent_id,
            Completion.module_id == enrolment.module_id,
            Completion.cycle < enrolment.cycle,
        )
        .order_by(Completion.cycle.desc())
        .limit(1)
    )
