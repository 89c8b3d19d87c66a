from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from msgspec import structs
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.journal.models import JournalEntry
from app.learning.models import (
    Answer,
    Attempt,
    Completion,
    Enrolment,
    ReviewMark,
    StepVisit,
)
from app.learning.progress import Refusal
from app.learning.scoring import NothingAsked
from app.learning.services import attempts
from app.learning.services.attempts import AlreadySubmitted, AttemptRefused, TokenReused
from app.learning.services.enrolments import (
    StartedOtherwise,
)
from app.learning.services.submission import MoreUnanswered
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.reader import count


def test_the_quiz_waits_for_every_step(learner: Learner, session: Session) -> None:
    for act in (lambda: None, lambda: learner.read("comprendre")):
        act()
        with pytest.raises(AttemptRefused) as refused:
            learner.start()
        assert refused.value.why is Refusal.UNREAD
    learner.read_all()
    attempt = session.get_one(Attempt, learner.start())
    assert (attempt.number, attempt.corps, attempt.language, attempt.pass_mark) == (
        1, "pn", "fr", 80,
    )  # fmt: skip
    assert len(attempt.draw) == 4


def test_there_is_one_open_attempt(learner: Learner, session: Session) -> None:
    learner.read_all()
    assert learner.start() == learner.start()
    assert count(session, Attempt) == 1


def test_an_attempt_of_another_version_is_refused(learner: Learner) -> None:
    learner.read_all()
    with pytest.raises(StartedOtherwise):
        learner.act(attempts.start_attempt, enrolment_id=learner.place().enrolment_id,
                    version_id=9999, module=learner.module(), pass_mark=80,
                    now=learner.now())  # fmt: skip


def test_a_quiz_that_asks_nothing_opens_no_attempt(learner: Learner, session: Session) -> None:
    learner.read_all()
    place = learner.place()
    empty = structs.replace(learner.module(), evaluation=None)
    with pytest.raises(NothingAsked):
        learner.act(attempts.start_attempt, enrolment_id=place.enrolment_id,
                    version_id=place.version_id, module=empty, pass_mark=80,
                    now=learner.now())  # fmt: skip
    assert count(session, Attempt) == 0


def test_a_failed_attempt_asks_to_read_again_what_its_wrong_items_name(learner: Learner) -> None:
    learner.read_all()
    failed = learner.fail()
    assert failed.share == 0
    with pytest.raises(AttemptRefused) as refused:
        learner.start()
    assert refused.value.why is Refusal.REREAD
    for step in ("comprendre", "situation", "rendre-compte"):
        learner.read(step)
    second = learner.sitting(learner.start())
    assert second.number == 2


def test_a_new_attempt_asks_first_what_was_not_seen(learner: Learner) -> None:
    learner.read_all()
    first = set(learner.fail().item_ids) - {"principe"}
    for step in ("comprendre", "situation", "rendre-compte"):
        learner.read(step)
    second = set(learner.sitting(learner.start()).item_ids) - {"principe"}
    assert second >= {"cas-un", "cas-deux", "cas-trois", "cas-quatre", "cas-cinq"} - first


def test_a_completed_module_opens_no_attempt(learner: Learner) -> None:
    learner.read_all()
    learner.complete()
    with pytest.raises(AttemptRefused) as refused:
        learner.start()
    assert refused.value.why is Refusal.COMPLETED


def test_an_answer_is_saved_in_one_statement(learner: Learner, count_statements: list[str]) -> None:
    learner.read_all()
    attempt_id = learner.start()
    learner.place()
    values = {"attempt_id": attempt_id, "item_id": "principe", "value": "a", "token": "a-token-1"}
    count_statements.clear()
    learner.act(attempts.save_answer, **values, now=learner.clock)
    assert len(count_statements) == 1, count_statements


def test_the_same_token_gets_the_same_reply_and_another_value_a_refusal(
    learner: Learner, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    first = learner.answer(attempt_id, "principe", "a", token="the-same-token")
    assert learner.answer(attempt_id, "principe", "a", token="the-same-token") == first
    with pytest.raises(TokenReused):
        learner.answer(attempt_id, "principe", "b", token="the-same-token")
    other = next(name for name in learner.sitting(attempt_id).item_ids if name != "principe")
    with pytest.raises(TokenReused):
        learner.answer(attempt_id, other, "a", token="the-same-token")
    assert count(session, Answer) == 1


def test_the_last_answer_received_is_the_one_that_counts(learner: Learner) -> None:
    learner.read_all()
    attempt_id = learner.start()
    learner.answer_all(attempt_id)
    learner.answer(attempt_id, "principe", "b")
    learner.answer(attempt_id, "principe", "a")
    assert learner.submit(attempt_id)


def test_after_submission_an_answer_is_refused_but_an_old_one_is_confirmed(
    learner: Learner, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    saved = learner.answer(attempt_id, "principe", "a", token="the-same-token")
    learner.submit(attempt_id, confirmed=3)
    assert learner.answer(attempt_id, "principe", "a", token="the-same-token") == saved
    with pytest.raises(TokenReused):
        learner.answer(attempt_id, "principe", "b", token="the-same-token")
    with pytest.raises(AlreadySubmitted):
        learner.answer(attempt_id, "principe", "a")
    with pytest.raises(AlreadySubmitted):
        learner.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=True)
    assert count(session, Answer) == 1


def test_marks_come_and_go(learner: Learner, session: Session) -> None:
    learner.read_all()
    attempt_id = learner.start()
    for marked in (True, True):
        learner.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=marked)
    assert learner.sitting(attempt_id).marked == {"principe"}
    for _ in range(2):
        learner.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=False)
    assert count(session, ReviewMark) == 0


def test_more_unanswered_questions_than_confirmed_stop_the_submission(
    learner: Learner, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    learner.answer(attempt_id, "principe", "a")
    with pytest.raises(MoreUnanswered):
        learner.submit(attempt_id, confirmed=2)
    assert not learner.submit(attempt_id, confirmed=3)
    attempt = session.get_one(Attempt, attempt_id)
    assert attempt.score_numerator == 1
    assert attempt.score_denominator in (4, 5)
    assert attempt.passed is False


def test_a_submission_is_final_whatever_is_sent_again(learner: Learner, session: Session) -> None:
    learner.read_all()
    attempt_id = learner.complete()
    attempt = session.get_one(Attempt, attempt_id)
    before = (attempt.submitted_at, attempt.score_numerator, attempt.score_denominator)
    assert learner.submit(attempt_id)
    session.refresh(attempt)
    assert (attempt.submitted_at, attempt.score_numerator, attempt.score_denominator) == before
    assert count(session, Completion) == 1


def test_a_pass_makes_the_completion_with_its_snapshot(
    app: Flask, version_id: int, factories: Factories, session: Session
) -> None:
    ministry = factories.unit(name="Ministère")
    station = factories.unit(ministry, name="Commissariat")
    agent = factories.agent(unit=station, grade="major", category="maitrise")
    session.commit()
    learner = Learner(app, session, agent)
    learner.enrol()
    learner.read_all()
    attempt_id = learner.complete()
    completion = session.scalars(sa.select(Completion)).one()
    assert (completion.attempt_id, completion.version_id) == (attempt_id, version_id)
    assert completion.unit_id == station.id
    assert completion.unit_path == station.path
    assert completion.unit_names == ["Ministère", "Commissariat"]
    assert (completion.corps, completion.grade, completion.category) == ("pn", "major", "maitrise")
    assert completion.completed_at == learner.clock
    assert str(completion.valid_until) == "2029-11-23"
    actions = session.scalars(sa.select(JournalEntry.action)).all()
    assert "completed" in actions


def test_a_receiver_that_fails_undoes_the_submission(learner: Learner, session: Session) -> None:
    from app.learning.signals import completed

    def refuse(session: Session, completion: Completion) -> None:
        raise ValueError("no certificate today")

    learner.read_all()
    attempt_id = learner.start()
    learner.answer_all(attempt_id)
    with completed.connected_to(refuse), pytest.raises(ValueError, match="no certificate"):
        learner.submit(attempt_id)
    assert count(session, Completion) == 0
    assert session.get_one(Attempt, attempt_id).submitted_at is None
    assert learner.submit(attempt_id)


def test_the_record_can_be_neither_changed_nor_deleted(learner: Learner, session: Session) -> None:
    learner.read_all()
    learner.complete()
    for model in (Attempt, Answer, Completion, Enrolment, StepVisit):
        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(sa.delete(model))
        session.rollback()
    for forbidden in (
        sa.update(Answer).values(item_id="x"),
        sa.update(Attempt).values(draw=[]),
        sa.update(Completion).values(grade="x"),
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            session.execute(forbidden)
        session.rollback()
