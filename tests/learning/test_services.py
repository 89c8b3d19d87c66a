from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue.differences import Kind
from app.catalogue.models import Module
from app.learning.models import (
    Enrolment,
    PracticeAnswer,
    StepVisit,
)
from app.learning.services import attempts, enrolments, practice, submission
from app.learning.services.enrolments import (
    DilemmasUnfinished,
    NotOffered,
    NotYours,
    Pin,
    StartedOtherwise,
)
from app.people.models import Agent
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import MODULE, SLUG, publish_module
from tests.learning.reader import count


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
        stranger.act(submission.submit, attempt_id=attempt_id, module=learner.module(),
                     confirmed=9, default_months=36, now=at["now"])  # fmt: skip
    with pytest.raises(NotYours):
        stranger.act(attempts.set_mark, attempt_id=attempt_id, item_id="principe", marked=True)
