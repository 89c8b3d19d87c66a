"""Hand in an attempt: mark it, and make the completion that a pass earns."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialect.compiled import CompiledModule
from app.journal.services import Action, record
from app.learning.drawing import items_of
from app.learning.models import Attempt, Completion, Enrolment
from app.learning.queries.attempts import list_given
from app.learning.queries.snapshots import find_months, find_snapshot
from app.learning.scoring import is_blank, score
from app.learning.services.enrolments import NotYours
from app.learning.signals import completed
from app.learning.validity import PARIS, valid_until


class MoreUnanswered(Exception):
    """More questions are without an answer than the agent was told."""


def submit(
    session: Session,
    *,
    agent_id: int,
    attempt_id: int,
    module: CompiledModule,
    confirmed: int,
    default_months: int,
    now: datetime,
) -> bool:
    """Mark every item asked, record the score, and return whether it passes.

    ``confirmed`` is how many questions without an answer the agent agreed to leave so. An
    attempt handed in before keeps its score, and is not marked again.
    """
    enrolment, attempt = lock_both(session, agent_id, attempt_id)
    if attempt.submitted_at is not None:
        return attempt.passed is True
    given = list_given(session, attempt_id=attempt_id)
    answers = {item_id: answer.value for item_id, answer in given.items()}
    asked = items_of(module, attempt.draw)  # type: ignore[arg-type] # JSON has no typed dicts.
    if sum(is_blank(answers.get(item.id)) for item in asked) > confirmed:
        raise MoreUnanswered
    result = score(asked, answers)
    attempt.submitted_at = now
    attempt.score_numerator, attempt.score_denominator = result.share.as_integer_ratio()
    attempt.passed = result.reaches(attempt.pass_mark)
    session.flush()  # The completion's receivers read the attempt.
    if attempt.passed:
        complete(session, enrolment, attempt, default_months=default_months, now=now)
    return attempt.passed


def lock_both(session: Session, agent_id: int, attempt_id: int) -> tuple[Enrolment, Attempt]:
    """Keep an agent's attempt and its enrolment from other writers, the enrolment first."""
    enrolment = session.scalars(
        sa.select(Enrolment)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(Attempt.id == attempt_id, Enrolment.agent_id == agent_id)
        .with_for_update(of=Enrolment)
    ).one_or_none()
    if enrolment is None:
        raise NotYours
    return enrolment, session.get_one(Attempt, attempt_id, with_for_update=True)


def complete(
    session: Session,
    enrolment: Enrolment,
    attempt: Attempt,
    *,
    default_months: int,
    now: datetime,
) -> Completion:
    """Record the permanent fact, with the agent's unit and grade as they are that day."""
    day = now.astimezone(PARIS).date()
    snapshot = find_snapshot(session, agent_id=enrolment.agent_id, day=day)
    months = find_months(session, campaign_id=enrolment.campaign_id) or default_months
    completion = Completion(
        agent_id=enrolment.agent_id,
        module_id=enrolment.module_id,
        version_id=attempt.version_id,
        enrolment_id=enrolment.id,
        attempt_id=attempt.id,
        cycle=enrolment.cycle,
        completed_at=now,
        valid_until=valid_until(now, months),
        unit_id=snapshot.unit_id,
        unit_path=snapshot.unit_path,
        unit_names=list(snapshot.unit_names),
        corps=snapshot.corps,
        grade=snapshot.grade,
        category=snapshot.category,
    )
    session.add(completion)
    session.flush()  # Receivers and the journal name it by its id.
    record(
        session, Action.COMPLETED, actor_id=enrolment.agent_id, object_kind="completion",
        object_id=completion.id,
    )  # fmt: skip
    completed.send(session, completion=completion)
    return completion
