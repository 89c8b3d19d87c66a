"""Fixtures: the small module published, an agent enrolled on it, and the acts in short."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.database import write
from app.dialect.compiled import CompiledModule, Dilemma
from app.dialect.items import read_value
from app.extensions import db
from app.learning.queries.attempts import Sitting, find_sitting
from app.learning.queries.places import Place, find_place
from app.learning.services import attempts, enrolments, practice, submission
from app.learning.services.enrolments import Pin
from app.people.models import Agent
from tests.factories import Factories
from tests.learning.modules import KEY, SLUG, publish_module
from tests.learning.reader import Reader
from tests.signing_in import sign_in

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Learner:
    """An agent in the small module; each act takes one more minute."""

    def __init__(self, app: Flask, session: Session, agent: Agent, corps: str = "pn") -> None:
        self.app = app
        self.session = session
        self.agent_id = agent.id
        self.corps = corps
        self.clock = START
        self.tokens = 0

    def now(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    def token(self) -> str:
        self.tokens += 1
        return f"token-{self.agent_id}-{self.tokens}"

    def place(self) -> Place:
        with self.app.app_context():
            place = find_place(db.session, agent_id=self.agent_id, slug=SLUG)
        assert place is not None
        return place

    def module(self, language: str = "fr") -> CompiledModule:
        place = self.place()
        with self.app.app_context():
            return load(db.session, place.version_id, language)

    def act(self, service: Any, **values: Any) -> Any:
        self.session.commit()  # What the test reads must not keep the writer's place.
        with self.app.app_context():
            return write(service, agent_id=self.agent_id, **values)

    def enrol(self) -> int:
        return int(self.act(enrolments.enrol, slug=SLUG, now=self.now()))

    def at(self) -> dict[str, Any]:
        place = self.place()
        pin = Pin(place.version_id, place.corps or self.corps)
        return {"enrolment_id": place.enrolment_id, "pin": pin, "now": self.now()}

    def read(self, step_id: str) -> None:
        step = self.module().step(step_id)
        assert step is not None
        dilemmas = [item for item in step.items() if isinstance(item, Dilemma)]
        self.act(enrolments.move_on, step_id=step_id, dilemmas=dilemmas, **self.at())

    def practise(self, item_id: str, *raw: str, token: str | None = None) -> bool:
        item = self.module().item(item_id)
        assert item is not None
        return bool(
            self.act(
                practice.keep,
                item=item,
                value=read_value(item, raw),
                token=token or self.token(),
                **self.at(),
            )
        )

    def read_all(self) -> None:
        self.practise("video", "", "2")
        for step in self.module().steps_for(self.corps):
            self.read(step.id)

    def start(self, language: str = "fr") -> int:
        place = self.place()
        return int(
            self.act(
                attempts.start_attempt,
                enrolment_id=place.enrolment_id,
                version_id=place.version_id,
                module=self.module(language),
                pass_mark=80,
                now=self.now(),
            )
        )

    def sitting(self, attempt_id: int) -> Sitting:
        with self.app.app_context():
            found = find_sitting(
                db.session, agent_id=self.agent_id, slug=SLUG, attempt_id=attempt_id
            )
        assert found is not None
        return found

    def answer(self, attempt_id: int, item_id: str, *raw: str, token: str | None = None) -> Any:
        item = self.module().item(item_id)
        assert item is not None
        return self.act(
            attempts.save_answer,
            attempt_id=attempt_id,
            item_id=item_id,
            value=read_value(item, raw),
            token=token or self.token(),
            now=self.now(),
        )

    def answer_all(self, attempt_id: int, *, wrong: tuple[str, ...] = ()) -> None:
        for item_id in self.sitting(attempt_id).item_ids:
            other = "b" if "a" in KEY[item_id] else "a"
            self.answer(attempt_id, item_id, *([other] if item_id in wrong else KEY[item_id]))

    def submit(self, attempt_id: int, confirmed: int = 0) -> bool:
        return bool(
            self.act(
                submission.submit,
                attempt_id=attempt_id,
                module=self.module(),
                confirmed=confirmed,
                default_months=36,
                now=self.now(),
            )
        )

    def fail(self) -> Sitting:
        attempt_id = self.start()
        self.answer_all(attempt_id, wrong=self.sitting(attempt_id).item_ids)
        assert not self.submit(attempt_id)
        return self.sitting(attempt_id)

    def complete(self) -> int:
        attempt_id = self.start()
        self.answer_all(attempt_id)
        assert self.submit(attempt_id)
        return attempt_id


@pytest.fixture
def app(make_app: Any) -> Flask:
    """Give an application that takes forms without their anti-forgery token."""
    return make_app(WTF_CSRF_ENABLED=False)  # type: ignore[no-any-return]


@pytest.fixture
def version_id(session: Session) -> int:
    """Publish the small module."""
    return publish_module(session)


@pytest.fixture
def agent(factories: Factories, session: Session) -> Agent:
    """Make an agent of the national police."""
    agent = factories.agent()
    session.commit()
    return agent


@pytest.fixture
def learner(app: Flask, session: Session, agent: Agent, version_id: int) -> Learner:
    """Enrol the agent on the small module."""
    learner = Learner(app, session, agent)
    learner.enrol()
    return learner


@pytest.fixture
def reader(app: Flask, agent: Agent, version_id: int) -> Reader:
    """Sign the agent in."""
    return Reader(sign_in(app, agent))


@pytest.fixture
def attempt(learner: Learner) -> int:
    """Read all and open an attempt."""
    learner.read_all()
    return learner.start()
