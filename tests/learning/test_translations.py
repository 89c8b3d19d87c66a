"""An agent who reads a translation that is behind its reference is told, on the module's pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.dialect.compiled import CompiledModule, Prose, Step, to_json
from app.people.models import Agent
from tests import record_rows
from tests.factories import Factories
from tests.learning.conftest import Learner
from tests.learning.modules import MODULE, SLUG, publish_module
from tests.pages import words
from tests.signing_in import sign_in

HOME = "/apprendre/probite"
READING = f"/apprendre/{SLUG}"
STEP = Step(id="un", title="Un", blocks=(Prose(html="<p>Un.</p>"),))


def compiled(language: str, reviewed_on: str) -> str:
    return to_json(
        CompiledModule(
            slug="probite", language=language, title="Probité", minutes=1, skills=(),
            audience=("pn",), reviewed_on=reviewed_on, steps=(STEP,), reflex=STEP,
        )
    )  # fmt: skip


@pytest.fixture
def client(app: Flask, session: Session, factories: Factories) -> FlaskClient:
    texts = {"fr": compiled("fr", "2026-02-01"), "en": compiled("en", "2026-01-01")}
    version = record_rows.version(factories, compiled=texts)
    agent = factories.agent(corps="pn", language="en")
    record_rows.enrolment(factories, agent, version)
    session.commit()
    return sign_in(app, agent)


@pytest.mark.parametrize("page", ["etapes/un", "evaluation", "fiche-reflexe"])
def test_the_module_s_pages_say_so_in_that_language_only(client: FlaskClient, page: str) -> None:
    assert "Translation being updated" in words(client.get(f"{HOME}/{page}"))
    with client.session_transaction() as cookie:
        cookie["language"] = "fr"
    assert "Traduction en cours" not in words(client.get(f"{HOME}/{page}"))


STALE = "The French text of this part has changed"


class Guest:
    """An agent who reads the small module in English, parts of which are behind."""

    def __init__(self, app: Flask, session: Session, agent: Agent, english: str) -> None:
        publish_module(session, en=english)
        agent.language = "en"
        session.commit()
        self.learner = Learner(app, session, agent)
        self.learner.enrol()
        self.client = sign_in(app, agent)

    def text(self, address: str) -> str:
        return words(self.client.get(f"{READING}/{address}"))


@pytest.fixture
def guest(app: Flask, session: Session, agent: Agent) -> Guest:
    """Mark a step and a graded question as behind, and no other."""
    english = MODULE
    for name in ("rendre-compte", "principe"):
        english = english.replace(f"{{#{name}", f"{{#{name} source=0123abcd")
    return Guest(app, session, agent, english)


def test_only_the_parts_that_are_behind_say_so(guest: Guest) -> None:
    assert STALE in guest.text("etapes/rendre-compte")
    for page in ("etapes/comprendre", "etapes/situation", "evaluation", "fiche-reflexe"):
        assert STALE not in guest.text(page), page
        assert "Translation being updated" not in guest.text(page), page


def test_a_graded_question_that_is_behind_says_so(guest: Guest) -> None:
    guest.learner.read_all()
    attempt_id = guest.learner.start("en")
    names = guest.learner.sitting(attempt_id).item_ids
    pages = [guest.text(f"tentatives/{attempt_id}/questions/{n}") for n in range(1, len(names) + 1)]
    assert [STALE in page for page in pages] == [name == "principe" for name in names]


def test_an_exercise_and_a_story_say_so_once(app: Flask, session: Session, agent: Agent) -> None:
    english = MODULE
    for name in ("cafe", "chez-vous", "video"):
        english = english.replace(f"{{#{name}", f"{{#{name} source=0123abcd")
    guest = Guest(app, session, agent, english)
    assert guest.text("etapes/comprendre").count(STALE) == 2
    assert guest.text("etapes/situation").count(STALE) == 1


def test_nothing_is_computed_when_a_page_is_read(guest: Guest, count_statements: list[str]) -> None:
    guest.text("etapes/rendre-compte")
    count_statements.clear()
    guest.text("etapes/rendre-compte")
    assert len(count_statements) <= 3
