"""An agent who reads a translation that is behind its reference is told, on the module's pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.dialect.compiled import CompiledModule, Prose, Step, to_json
from tests import record_rows
from tests.factories import Factories
from tests.pages import words
from tests.signing_in import sign_in

HOME = "/apprendre/probite"
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
