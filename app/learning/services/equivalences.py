"""Grant an equivalence: a completion without an attempt, with its reason, its proof, its author."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import ModuleVersion
from app.learning.models import Attempt, Completion, Enrolment
from app.learning.services.completing import Equivalence, complete
from app.learning.services.enrolments import NotYours


class AlreadyCompleted(Exception):
    """The cycle is completed: there is nothing left to grant."""


class OwnEquivalence(Exception):
    """Nobody grants an equivalence to themselves."""


class QuizOpen(Exception):
    """The agent is answering the quiz: what they do is not to be overtaken."""


def grant(
    session: Session,
    *,
    agent_id: int,
    enrolment_id: int,
    equivalence: Equivalence,
    default_months: int,
    now: datetime,
) -> int:
    """Complete an agent's cycle by an equivalence, and return the completion's id.

    Raises `NotYours`, `OwnEquivalence`, `AlreadyCompleted` or `QuizOpen`.
    """
    if equivalence.granted_by_id == agent_id:
        raise OwnEquivalence
    enrolment = session.scalars(
        sa.select(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.agent_id == agent_id)
        .with_for_update()
    ).one_or_none()
    if enrolment is None:
        raise NotYours
    check_may_grant(session, enrolment_id)
    latest = sa.select(ModuleVersion.id).where(ModuleVersion.module_id == enrolment.module_id)
    version_id = (
        enrolment.version_id
        or session.scalars(latest.order_by(ModuleVersion.number.desc()).limit(1)).one()
    )
    return complete(
        session, enrolment, version_id=version_id, done=equivalence,
        default_months=default_months, now=now,
    ).id  # fmt: skip


def check_may_grant(session: Session, enrolment_id: int) -> None:
    """Refuse what is completed or being answered."""
    if session.scalar(sa.select(sa.exists().where(Completion.enrolment_id == enrolment_id))):
        raise AlreadyCompleted
    answering = sa.exists().where(
        Attempt.enrolment_id == enrolment_id, Attempt.submitted_at.is_(None)
    )
    if session.scalar(sa.select(answering)):
        raise QuizOpen
