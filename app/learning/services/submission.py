"""Hand in an attempt: mark it, and complete the cycle by a pass."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialect.compiled import CompiledModule
from app.learning.drawing import items_of
from app.learning.models import Attempt, Enrolment
from app.learning.queries.attempts import list_given
from app.learning.scoring import is_blank, score
from app.learning.services.completing import complete
from app.learning.services.enrolments import NotYours
from app.learning.services.errata import correct_handed_in


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
        complete(session, enrolment, version_id=attempt.version_id, done=attempt.id,
                 default_months=default_months, now=now)  # fmt: skip
    raised = correct_handed_in(session, attempt, default_months=default_months, now=now)
    return attempt.passed or raised


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
