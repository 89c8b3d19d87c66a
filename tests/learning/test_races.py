"""Limits that hold when many come at once, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.database import write
from app.dialect.items import read_value
from app.learning.models import Answer, Attempt, Completion, Enrolment, PracticeAnswer, StepVisit
from app.learning.services import attempts, enrolments, practice, submission
from app.learning.signals import completed
from app.people.models import Agent
from tests.learning.conftest import Learner
from tests.learning.modules import SLUG
from tests.learning.reader import count


def at_once(app: Flask, many: int, act: Callable[..., Any], **values: Any) -> list[Any]:
    """Run a service in many threads let go together; give what each returned or raised."""
    barrier = Barrier(many)

    def run(_: int) -> Any:
        with app.app_context():
            barrier.wait()
            try:
                return write(act, **values)
            except Exception as error:  # noqa: BLE001 - the test counts what went wrong
                return error

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(run, range(many)))


def test_of_64_openings_exactly_one_attempt_is_made(learner: Learner, session: Session) -> None:
    learner.read_all()
    place = learner.place()
    opened = at_once(
        learner.app, 64, attempts.start_attempt, agent_id=learner.agent_id,
        enrolment_id=place.enrolment_id, version_id=place.version_id, module=learner.module(),
        pass_mark=80, now=learner.now(),
    )  # fmt: skip
    assert len(set(map(str, opened))) == 1
    assert count(session, Attempt) == 1


def test_of_32_enrolments_exactly_one_is_made(
    app: Flask, agent: Agent, version_id: int, session: Session
) -> None:
    learner = Learner(app, session, agent)
    made = at_once(app, 32, enrolments.enrol, agent_id=agent.id, slug=SLUG, now=learner.now())
    assert len(set(map(str, made))) == 1
    assert count(session, Enrolment) == 1


def test_one_token_from_32_threads_is_one_answer(learner: Learner, session: Session) -> None:
    learner.read_all()
    attempt_id = learner.start()
    replies = at_once(
        learner.app, 32, attempts.save_answer, agent_id=learner.agent_id, attempt_id=attempt_id,
        item_id="principe", value="a", token="the-same-token", now=learner.now(),
    )  # fmt: skip
    assert len(set(map(str, replies))) == 1
    assert count(session, Answer) == 1


def test_one_choice_from_16_threads_is_one_walk(learner: Learner, session: Session) -> None:
    item = learner.module().item("video")
    assert item is not None
    at_once(
        learner.app, 16, practice.keep, agent_id=learner.agent_id, item=item,
        value=read_value(item, ["", "1"]), token="the-same-token", **learner.at(),
    )  # fmt: skip
    assert count(session, PracticeAnswer) == 1


def test_a_step_read_from_16_tabs_is_read_once(learner: Learner, session: Session) -> None:
    results = at_once(
        learner.app, 16, enrolments.move_on, agent_id=learner.agent_id, step_id="comprendre",
        dilemmas=[], **learner.at(),
    )  # fmt: skip
    assert results == [None] * 16
    assert count(session, StepVisit) == 1


def test_of_16_submissions_one_completion_is_made_and_told_once(
    learner: Learner, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    learner.answer_all(attempt_id)
    told: Counter[int] = Counter()

    def hear(session: Session, completion: Completion) -> None:
        told[completion.id] += 1

    with completed.connected_to(hear):
        results = at_once(
            learner.app, 16, submission.submit, agent_id=learner.agent_id, attempt_id=attempt_id,
            module=learner.module(), confirmed=0, default_months=36, now=learner.now(),
        )  # fmt: skip
    assert results == [True] * 16
    assert count(session, Completion) == 1
    assert list(told.values()) == [1]


def test_answers_that_race_with_the_submission_are_either_counted_or_refused(
    learner: Learner, session: Session
) -> None:
    learner.read_all()
    attempt_id = learner.start()
    learner.answer_all(attempt_id)
    module = learner.module()
    now = learner.now()
    barrier = Barrier(9)

    def save(number: int) -> bool:
        with learner.app.app_context():
            barrier.wait()
            try:
                write(
                    attempts.save_answer, agent_id=learner.agent_id, attempt_id=attempt_id,
                    item_id="principe", value="b", token=f"race-token-{number}", now=now,
                )  # fmt: skip
            except attempts.AlreadySubmitted:
                return False
            return True

    def hand_in(_: int) -> bool:
        with learner.app.app_context():
            barrier.wait()
            return write(
                submission.submit, agent_id=learner.agent_id, attempt_id=attempt_id,
                module=module, confirmed=0, default_months=36, now=now,
            )  # fmt: skip

    with ThreadPoolExecutor(9) as pool:
        handed = pool.submit(hand_in, 0)
        saved = list(pool.map(save, range(8)))
    kept = session.scalars(sa.select(Answer.token).where(Answer.token.startswith("race"))).all()
    assert len(kept) == sum(saved)
    attempt = session.get_one(Attempt, attempt_id)
    right_first = attempt.score_numerator == attempt.score_denominator
    assert right_first == (sum(saved) == 0)
    assert handed.result() == attempt.passed
