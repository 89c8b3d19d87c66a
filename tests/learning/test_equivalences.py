"""An equivalence completes a cycle without an attempt: once, by someone else, and journalled."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.certificates.models import Certificate
from app.journal.models import JournalEntry
from app.learning.models import Attempt, Completion
from app.learning.services import equivalences
from app.learning.services.completing import Equivalence
from app.learning.services.enrolments import NotYours
from app.learning.services.submission import MoreUnanswered
from tests.factories import Factories
from tests.learning.conftest import Learner


@pytest.fixture
def author_id(session: Session, factories: Factories) -> int:
    """Make who grants."""
    author = factories.agent()
    session.commit()
    return author.id  # type: ignore[no-any-return]


def grant(learner: Learner, author_id: int, **values: Any) -> Any:
    given = {"enrolment_id": learner.place().enrolment_id} | values
    return learner.act(
        equivalences.grant, equivalence=Equivalence("Formation initiale", "n° 12", author_id),
        default_months=36, now=learner.now(), **given,
    )  # fmt: skip


def test_it_completes_the_cycle_without_an_attempt_and_says_who_and_why(
    session: Session, learner: Learner, author_id: int
) -> None:
    completion_id = grant(learner, author_id)
    session.rollback()
    completion = session.get_one(Completion, completion_id)
    assert completion.attempt_id is None
    assert completion.equivalence_reason == "Formation initiale"
    assert completion.equivalence_proof == "n° 12"
    assert completion.granted_by_id == author_id
    assert completion.valid_until is not None
    assert learner.place().is_completed
    assert session.scalars(sa.select(Certificate.completion_id)).all() == [completion_id]
    acts = session.execute(
        sa.select(JournalEntry.actor_id, JournalEntry.object_id).where(
            JournalEntry.action == "equivalence_granted"
        )
    ).all()
    assert acts == [(author_id, str(completion_id))]


def test_it_is_granted_once(session: Session, learner: Learner, author_id: int) -> None:
    grant(learner, author_id)
    with pytest.raises(equivalences.AlreadyCompleted):
        grant(learner, author_id)
    assert session.scalar(sa.select(sa.func.count()).select_from(Completion)) == 1


def test_nobody_grants_one_to_themselves(learner: Learner) -> None:
    with pytest.raises(equivalences.OwnEquivalence):
        grant(learner, learner.agent_id)


def test_somebody_else_s_enrolment_is_not_found(learner: Learner, author_id: int) -> None:
    with pytest.raises(NotYours):
        grant(learner, author_id, enrolment_id=999)


def test_an_open_quiz_is_not_overtaken(session: Session, learner: Learner, author_id: int) -> None:
    learner.read_all()
    attempt_id = learner.start()
    with pytest.raises(equivalences.QuizOpen):
        grant(learner, author_id)
    with pytest.raises(MoreUnanswered):
        learner.submit(attempt_id)
    learner.answer_all(attempt_id)
    assert learner.submit(attempt_id)
    session.rollback()
    assert session.scalars(sa.select(Completion.attempt_id)).all() == [attempt_id]
    assert session.scalar(sa.select(sa.func.count()).select_from(Attempt)) == 1
