"""A renewal asks again only the steps that changed, then five cases; nothing done before moves."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.extensions import db
from app.learning.models import Attempt, Completion, Enrolment, StepVisit
from app.learning.progress import measure
from app.learning.renewing import CASES, list_asked
from app.learning.services.attempts import AttemptRefused
from app.people.models import Agent
from tests.learning.conftest import Learner
from tests.learning.modules import MODULE, SLUG, publish_module
from tests.learning.reader import Reader
from tests.signing_in import sign_in

OTHERWISE = MODULE.replace("Un geste banal", "Un petit geste")


def renew(session: Session, learner: Learner) -> Enrolment:
    """Open a second cycle, as a campaign does."""
    session.commit()
    first = session.scalars(sa.select(Enrolment)).one()
    again = Enrolment(
        agent_id=first.agent_id, module_id=first.module_id, cycle=2, origin="campaign",
        enrolled_at=learner.now(),
    )  # fmt: skip
    session.add(again)
    session.commit()
    return again


def asked_of(app: Flask, learner: Learner) -> set[str] | None:
    with app.app_context():
        found = list_asked(db.session, learner.place())
    return None if found is None else set(found)


@pytest.fixture
def passed(learner: Learner) -> Learner:
    """Pass the module once."""
    learner.read_all()
    learner.complete()
    return learner


def rows_of(session: Session) -> list[Any]:
    """Read what the first cycle left."""
    session.rollback()
    return [
        session.execute(sa.select(model.__table__).where(model.enrolment_id == 1)).all()
        for model in (StepVisit, Attempt, Completion)
    ]


def test_a_first_cycle_asks_every_step(app: Flask, learner: Learner) -> None:
    assert asked_of(app, learner) is None


def test_where_nothing_changed_only_the_quiz_is_asked(
    app: Flask, session: Session, passed: Learner
) -> None:
    before = rows_of(session)
    renew(session, passed)
    assert asked_of(app, passed) == set()
    attempt_id = passed.act(
        start_with_corps(), enrolment_id=passed.place().enrolment_id,
        version_id=passed.place().version_id, module=passed.module(), pass_mark=80, corps="pn",
        now=passed.now(),
    )  # fmt: skip
    drawn = passed.sitting(attempt_id).item_ids
    assert 0 < len(drawn) <= CASES
    passed.answer_all(attempt_id)
    assert passed.submit(attempt_id)
    assert rows_of(session) == before
    assert session.scalars(sa.select(Completion.cycle).order_by(Completion.cycle)).all() == [1, 2]


def start_with_corps() -> Any:
    from app.learning.services.attempts import start_attempt

    return start_attempt


def test_a_step_that_changed_is_asked_again_and_no_other(
    app: Flask, session: Session, passed: Learner
) -> None:
    publish_module(session, OTHERWISE, kind=Kind.SUBSTANTIAL)
    renew(session, passed)
    asked = asked_of(app, passed)
    module = passed.module()
    assert asked is not None
    assert len(asked) == 1 < len(module.steps_for("pn"))
    with pytest.raises(AttemptRefused):
        passed.start()
    passed.practise("video", "", "2")
    passed.read(asked.pop())
    assert passed.start()


def test_an_editorial_change_asks_nothing_again(
    app: Flask, session: Session, passed: Learner
) -> None:
    publish_module(session, OTHERWISE, kind=Kind.EDITORIAL)
    renew(session, passed)
    assert asked_of(app, passed) == set()


def test_after_an_equivalence_everything_is_asked(
    app: Flask, session: Session, learner: Learner, factories: Any
) -> None:
    from app.learning.services import equivalences
    from app.learning.services.completing import Equivalence

    granted = Equivalence("Formation initiale", "Certificat n° 12", factories.agent().id)
    learner.act(
        equivalences.grant, enrolment_id=1, equivalence=granted, default_months=36,
        now=learner.now(),
    )  # fmt: skip
    renew(session, learner)
    assert asked_of(app, learner) is None


def test_the_pages_say_what_is_asked_again(
    app: Flask, session: Session, passed: Learner, agent: Agent
) -> None:
    renew(session, passed)
    reader = Reader(sign_in(app, agent))
    page = reader.client.get(f"/apprendre/{SLUG}", follow_redirects=True).text
    assert "Renouvellement" in page
    assert "sans changement" in page
    assert reader.client.get(f"/apprendre/{SLUG}/etapes/comprendre").status_code == 200
    answer = reader.client.post(f"/apprendre/{SLUG}/tentatives")
    assert answer.status_code == 303


def test_going_on_from_a_step_to_read_skips_those_that_did_not_change() -> None:
    from app.dialect.compiled import Step

    steps = [Step(id=name, title=name) for name in "abcd"]
    progress = measure(steps, {"a", "b"}, asked={"b", "d"})
    assert [step.id for step in progress.unread] == ["d"]
    assert (progress.read, progress.total, progress.percent) == (1, 2, 50)
    after = {name: (step := progress.after(name)) and step.id for name in "abcd"}
    assert after == {"a": "b", "b": "d", "c": "d", "d": None}
