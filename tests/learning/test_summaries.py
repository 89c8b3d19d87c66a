from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.catalogue.models import Module
from app.catalogue.states import Stage, states_of
from app.extensions import db
from app.learning.models import Completion, Enrolment
from app.learning.summaries import State, list_attempts, list_learning
from app.people.models import Agent
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import SLUG


def test_a_place_that_is_not_started_counts_the_steps_of_todays_corps(
    learner: Learner, session: Session
) -> None:
    (row,) = list_learning(session, learner.agent_id, "fr")
    assert (row.slug, row.title, row.minutes) == (SLUG, "Le café offert", 20)
    assert (row.state, row.origin, row.cycle, row.is_latest) == (State.TO_START, "own", 1, True)
    assert (row.steps_read, row.steps_total) == (0, 3)
    assert (row.campaign_title, row.campaign_reason, row.due_on) == ("", "", None)


def test_a_corps_counts_its_own_steps(
    app: Flask, version_id: int, factories: Factories, session: Session
) -> None:
    learner = Learner(app, session, factories.agent(corps="sp"), "sp")
    learner.enrol()
    assert list_learning(session, learner.agent_id, "fr")[0].steps_total == 2


def test_an_agent_without_an_assignment_still_has_a_list(
    learner: Learner, session: Session
) -> None:
    session.execute(sa.text("UPDATE assignment SET ends_on = '2026-01-01'"))
    assert list_learning(session, learner.agent_id, "fr")[0].steps_total == 2


def test_a_module_goes_from_under_way_to_completed(learner: Learner, session: Session) -> None:
    learner.read("comprendre")
    (row,) = list_learning(session, learner.agent_id, "fr")
    assert (row.state, row.steps_read) == (State.UNDER_WAY, 1)
    learner.read_all()
    attempt_id = learner.start()
    assert list_learning(session, learner.agent_id, "fr")[0].open_attempt_id == attempt_id
    learner.answer_all(attempt_id)
    learner.submit(attempt_id)
    (row,) = list_learning(session, learner.agent_id, "fr")
    assert (row.state, row.open_attempt_id) == (State.COMPLETED, None)
    assert row.completed_at == learner.clock
    assert row.valid_until == date(2029, 11, 23)


def test_what_a_campaign_asks_says_why_and_by_when(
    app: Flask, agent: Agent, version_id: int, session: Session, factories: Factories
) -> None:
    campaign = factories.add(
        Campaign(title="Probité 2026", reason="Décision du directeur", module_slugs=[SLUG],
                 unit_id=factories.root().id, corps=[], grades=[], opens_on=date(2026, 1, 1),
                 due_on=date(2026, 12, 1), validity_months=12)
    )  # fmt: skip
    module = session.scalars(sa.select(Module)).one()
    factories.add(
        Enrolment(agent_id=agent.id, module_id=module.id, origin="campaign",
                  campaign_id=campaign.id, due_on=campaign.due_on)
    )  # fmt: skip
    session.commit()
    (row,) = list_learning(session, agent.id, "fr")
    assert (row.campaign_title, row.campaign_reason) == ("Probité 2026", "Décision du directeur")
    assert not row.is_late(date(2026, 12, 1))
    assert row.is_late(date(2026, 12, 2))
    learner = Learner(app, session, agent)
    learner.read_all()
    learner.complete()
    (row,) = list_learning(session, agent.id, "fr")
    assert row.valid_until == date(2027, 11, 23)
    assert not row.is_late(date(2027, 12, 2))


def test_every_cycle_is_listed_and_the_last_one_is_told(
    learner: Learner, session: Session, factories: Factories
) -> None:
    learner.read_all()
    learner.complete()
    first = session.scalars(sa.select(Enrolment)).one()
    factories.add(
        Enrolment(agent_id=first.agent_id, module_id=first.module_id, origin="campaign", cycle=2,
                  enrolled_at=datetime(2029, 1, 1, tzinfo=UTC))
    )  # fmt: skip
    session.commit()
    rows = list_learning(session, learner.agent_id, "fr")
    assert [(row.cycle, row.is_latest, row.state) for row in rows] == [
        (1, False, State.COMPLETED), (2, True, State.TO_START),
    ]  # fmt: skip
    assert learner.place().cycle == 2
    assert learner.place().read == frozenset()
    (state,) = states_of(session, learner.agent_id).values()
    assert state.stage is Stage.ENROLLED


def test_the_catalogue_is_told_how_far_one_is(learner: Learner, session: Session) -> None:
    learner.read("comprendre")
    (state,) = states_of(session, learner.agent_id).values()
    assert (state.stage, state.done, state.total) == (Stage.UNDER_WAY, 1, 3)


def test_attempts_are_listed_with_their_exact_score(learner: Learner, session: Session) -> None:
    learner.read_all()
    learner.fail()
    for step in ("comprendre", "rendre-compte", "situation"):
        learner.read(step)
    learner.complete()
    rows = list_attempts(session, learner.agent_id)
    assert [(row.number, row.share, row.passed) for row in rows] == [(2, 1, True), (1, 0, False)]
    assert rows[0].title == "Le café offert"
    assert list_attempts(session, 9999) == []
    assert session.scalars(sa.select(Completion.attempt_id)).one() == rows[0].attempt_id


def test_a_list_of_modules_takes_one_statement(
    learner: Learner, count_statements: list[str]
) -> None:
    with learner.app.app_context():
        list_learning(db.session, learner.agent_id, "fr")
        count_statements.clear()
        list_learning(db.session, learner.agent_id, "fr")
    assert len(count_statements) == 1
