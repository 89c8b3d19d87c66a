from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.catalogue.models import Module
from app.journal.models import JournalEntry
from app.learning.models import (
    Answer,
    Attempt,
    Completion,
    Enrolment,
    PracticeAnswer,
    ReviewMark,
    StepVisit,
)
from app.learning.progress import Refusal
from app.learning.services import attempts, enrolments, practice
from app.learning.services.attempts import AlreadySubmitted, AttemptRefused, TokenReused
from app.learning.services.enrolments import (
    DilemmasUnfinished,
    NotOffered,
    NotYours,
    Pin,
    StartedOtherwise,
)
from app.learning.services.submission import MoreUnanswered
from app.people.models import Agent
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import MODULE, SLUG, publish_module


def count(session: Session, model: Any) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_enrolling_twice_gives_one_place(learner: Learner, session: Session) -> None:
    assert learner.enrol() == learner.enrol()
    enrolment = session.scalars(sa.select(Enrolment)).one()
    assert (enrolment.origin, enrolment.cycle, enrolment.started_at) == ("own", 1, None)


def test_a_place_owed_by_a_campaign_is_not_doubled_by_own_choice(
    app: Flask, agent: Agent, version_id: int, session: Session
) -> None:
    module = session.scalars(sa.select(Module)).one()
    owed = Enrolment(agent_id=agent.id, module_id=module.id, origin="campaign", cycle=2)
    session.add(owed)
    session.commit()
    assert Learner(app, session, agent).enrol() == owed.id


@pytest.mark.parametrize("slug", ["absent", SLUG])
def test_one_cannot_enrol_on_what_is_not_offered(
    learner: Learner, factories: Factories, session: Session, slug: str
) -> None:
    session.execute(sa.update(Module).values(retired_at=learner.now()))
    other = factories.agent()
    session.commit()
    with pytest.raises(NotOffered):
        Learner(learner.app, session, other).act(enrolments.enrol, slug=slug, now=learner.now())


def test_the_first_act_pins_version_and_corps(learner: Learner, session: Session) -> None:
    learner.read("comprendre")
    enrolment = session.scalars(sa.select(Enrolment)).one()
    assert enrolment.version_id == learner.place().version_id
    assert enrolment.corps == "pn"
    first = enrolment.started_at
    learner.corps = "gn"
    learner.read("rendre-compte")
    session.refresh(enrolment)
    assert (enrolment.started_at, enrolment.corps) == (first, "pn")


def test_an_enrolment_under_way_stays_on_its_version(learner: Learner, session: Session) -> None:
    learner.read("comprendre")
    before = learner.place()
    assert before.newer is None
    publish_module(session, MODULE.replace("banal", "ordinaire"))
    assert learner.place().version_id == before.version_id
    assert learner.place().newer is None  # Editorial: nothing else is said.
    publish_module(session, MODULE.replace("banal", "anodin"), kind=Kind.SUBSTANTIAL)
    assert (learner.place().version_id, learner.place().newer) == (before.version_id, 3)


def test_a_page_of_another_version_than_the_pinned_one_is_refused(learner: Learner) -> None:
    learner.read("comprendre")
    at = learner.at() | {"pin": Pin(9999, "pn")}
    with pytest.raises(StartedOtherwise):
        learner.act(enrolments.move_on, step_id="situation", dilemmas=[], **at)


def test_a_step_keeps_its_first_and_its_last_reading(learner: Learner, session: Session) -> None:
    learner.read("comprendre")
    learner.read("comprendre")
    visit = session.scalars(sa.select(StepVisit)).one()
    assert visit.last_read_at - visit.first_read_at == timedelta(minutes=1)


def test_a_step_is_left_once_its_dilemmas_are_walked(learner: Learner, session: Session) -> None:
    with pytest.raises(DilemmasUnfinished) as refused:
        learner.read("situation")
    assert [dilemma.id for dilemma in refused.value.dilemmas] == ["video"]
    learner.practise("video", "", "1")
    with pytest.raises(DilemmasUnfinished):
        learner.read("situation")
    learner.practise("video", "en-prive", "2")
    learner.read("situation")
    assert learner.place().read == {"situation"}


def test_every_choice_of_every_walk_is_kept(learner: Learner, session: Session) -> None:
    for raw in (("", "1"), ("en-prive", "1"), ("", "2"), ("", "1"), ("", "2")):
        assert learner.practise("video", *raw)
    assert not learner.practise("video", "en-prive", "1")  # The story is over.
    kept = session.execute(
        sa.select(PracticeAnswer.walk, PracticeAnswer.value).order_by(PracticeAnswer.id)
    ).all()
    assert [(walk, value["scene"], value["choice"]) for walk, value in kept] == [
        (1, "", 1), (1, "en-prive", 1), (2, "", 2), (3, "", 1), (4, "", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("raw", [("cafe", "b"), ("video", "", "2"), ("chez-vous", "Un texte")])
def test_practice_is_kept_once_per_token(
    learner: Learner, session: Session, raw: tuple[str, ...]
) -> None:
    assert learner.practise(*raw, token="the-same-token")
    assert not learner.practise(*raw, token="the-same-token")
    assert count(session, PracticeAnswer) == 1


def test_a_reflection_keeps_its_last_wording_only(learner: Learner, session: Session) -> None:
    learner.practise("cafe", "a")
    learner.practise("chez-vous", "Un premier texte")
    learner.practise("chez-vous", "Un second texte")
    values = session.scalars(sa.select(PracticeAnswer.value).order_by(PracticeAnswer.id)).all()
    assert values == ["a", "Un second texte"]


def test_an_agent_deletes_one_exercise_or_all(learner: Learner, session: Session) -> None:
    for raw in (("cafe", "a"), ("cafe", "b"), ("chez-vous", "Un texte")):
        learner.practise(*raw)
    place = learner.place()
    learner.act(practice.forget, enrolment_id=place.enrolment_id, item_id="cafe")
    assert session.scalars(sa.select(PracticeAnswer.item_id)).all() == ["chez-vous"]
    learner.act(practice.forget, enrolment_id=place.enrolment_id)
    assert count(session, PracticeAnswer) == 0


def test_no_act_reaches_somebody_elses_enrolment(
    learner: Learner, factories: Factories, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    place = learner.place()
    stranger = Learner(learner.app, session, factories.agent())
    session.commit()
    at = learner.at()
    with pytest.raises(NotYours):
        stranger.act(enrolments.move_on, step_id="comprendre", dilemmas=[], **at)
    with pytest.raises(NotYours):
        stranger.act(practice.forget, enrolment_id=place.enrolment_id)
    with pytest.raises(NotYours):
        stranger.act(attempts.save_answer, attempt_id=attempt_id, item_id="principe", value="a",
                     token="some-token", now=at["now"])  # fmt: skip
    with pytest.raises(NotYours):
        stranger.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=True)


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


def test_an_answer_is_saved_in_two_statements(
    learner: Learner, count_statements: list[str]
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    learner.place()
    values = {"attempt_id": attempt_id, "item_id": "principe", "value": "a", "token": "a-token-1"}
    count_statements.clear()
    learner.act(attempts.save_answer, **values, now=learner.clock)
    assert len(count_statements) == 2, count_statements


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
