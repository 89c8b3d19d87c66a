from __future__ import annotations

import json

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.database import write
from app.learning import personal
from app.learning.models import Answer, Completion, PracticeAnswer, ReviewMark
from app.learning.services import attempts
from app.people.personal_data import ERASURES, EXPORTS
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import SLUG
from tests.learning.reader import count


def test_an_agent_is_given_everything_and_nobody_elses(
    learner: Learner, session: Session, factories: Factories
) -> None:
    other = Learner(learner.app, session, factories.agent())
    other.enrol()
    other.practise("chez-vous", "Secret d'une autre")
    learner.practise("chez-vous", "À moi")
    learner.read_all()
    attempt_id = learner.start()
    learner.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=True)
    learner.answer_all(attempt_id)
    learner.submit(attempt_id)
    given = personal.export_for(session, learner.agent_id)
    assert json.loads(json.dumps(given)) == given  # All of it can be written as JSON.
    (place,) = given
    assert place["slug"] == SLUG
    assert len(place["steps_read"]) == 3
    assert [one["value"] for one in place["practice"]] == ["À moi", {"scene": "", "choice": 2}]
    (attempt,) = place["attempts"]
    assert len(attempt["answers"]) == 4
    assert [one["item_id"] for one in attempt["seen"]] == [one["item"] for one in attempt["draw"]]
    assert attempt["review_marks"] == [{"attempt_id": attempt_id, "item_id": "principe"}]
    assert [one["attempt_id"] for one in place["completions"]] == [attempt_id]
    assert "Secret" not in json.dumps(given)


def test_an_agent_who_did_nothing_is_given_nothing(session: Session, factories: Factories) -> None:
    assert personal.export_for(session, factories.agent().id) == []


def test_erasing_deletes_practice_and_keeps_the_facts(
    learner: Learner, app: Flask, session: Session, factories: Factories
) -> None:
    other = Learner(app, session, factories.agent())
    other.enrol()
    other.practise("cafe", "a")
    learner.practise("chez-vous", "À moi")
    learner.read_all()
    attempt_id = learner.start()
    learner.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=True)
    learner.answer_all(attempt_id)
    learner.submit(attempt_id)
    session.commit()
    with app.app_context():
        write(personal.erase_for, learner.agent_id)
    assert count(session, ReviewMark) == 0
    assert session.scalars(sa.select(PracticeAnswer.item_id)).all() == ["cafe"]
    assert (count(session, Answer), count(session, Completion)) == (4, 1)


def test_learning_is_registered_with_people(app: Flask) -> None:
    assert EXPORTS["learning"] is personal.export_for
    assert ERASURES["learning"] is personal.erase_for
