"""A publication that changes a key says what the erratum would do, before it is published."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue.models import Module
from app.database import utc_now
from app.learning.models import AttemptCorrection
from app.people.models import Agent
from app.studio.draft_states import Decision
from app.studio.services.drafts import open_version
from app.studio.services.reviewing import ask_review, decide, digest_now
from app.studio.services.saving import save_text
from tests.factories import Factories
from tests.learning.crowd import add_crowd
from tests.learning.modules import BANK, MODULE, SLUG, compiled, publish_module
from tests.learning.reader import count
from tests.learning.test_errata import CORRECTED
from tests.pages import token, words
from tests.signing_in import sign_in

FIGURES = re.compile(r"(\d+) tentatives? sous le seuil [^.]*sur (\d+)")
REWORDED = CORRECTED.replace("Un cadeau partagé reste", "Un don n'est pas")


class Case:
    """A published module that a crowd has sat, and a draft of it that somebody approved."""

    def __init__(self, session: Session, factories: Factories, trainer: Agent) -> None:
        self.session, self.trainer = session, trainer
        self.version_id = publish_module(session)
        self.reviewer = factories.agent(Role.REVIEWER)
        self.unit = factories.unit()
        session.commit()

    def crowd(self, agents: int) -> None:
        """Have some agents sit the quiz."""
        module_id = self.session.scalars(sa.select(Module.id)).one()
        add_crowd(self.session, self.unit, compiled(), (module_id, self.version_id), agents=agents)

    def approve(self, text: str) -> str:
        """Write a text in a draft and have it approved; give the page of its publication."""
        who, now = {"agent_id": self.trainer.id}, utc_now() - timedelta(hours=1)
        draft_id = open_version(self.session, self.version_id, now=now, **who)
        save_text(self.session, draft_id, "module.md", text, base=1, now=now, **who)
        ask_review(self.session, draft_id, now=now, **who)
        decide(
            self.session, draft_id, reviewer_id=self.reviewer.id, decision=Decision.APPROVED,
            sha256=digest_now(self.session, draft_id), note="", now=now,
        )  # fmt: skip
        self.session.commit()
        return f"/formateur/brouillons/{draft_id}/publication"


@pytest.fixture
def case(session: Session, factories: Factories, trainer: Agent) -> Case:
    return Case(session, factories, trainer)


@pytest.fixture
def reviewer(app: Flask, case: Case) -> FlaskClient:
    return sign_in(app, case.reviewer)


def test_the_counts_before_are_those_of_the_page_that_applies_it(
    case: Case, reviewer: FlaskClient
) -> None:
    case.crowd(40)
    address = case.approve(CORRECTED)
    page = reviewer.get(address)
    before = words(page)
    assert "La bonne réponse d’une question publiée change" in before
    assert "Le principe" in before
    foreseen = FIGURES.search(before)
    assert foreseen is not None
    assert int(foreseen[2]) == 40
    assert int(foreseen[1]) > 0
    held = dict(re.findall(r'name="(csrf_token|sha256)"[^>]*value="([^"]*)"', page.text))
    done = reviewer.post(address, data=held | {"kind": "erratum"}, follow_redirects=True)
    assert done.request.path == f"/formateur/modules/{SLUG}/erratum"
    after = words(done)
    assert FIGURES.search(after)[0] == foreseen[0]  # type: ignore[index]
    assert "Appliquer l’erratum" in after
    assert count(case.session, AttemptCorrection) == 0


def test_few_agents_are_not_counted(case: Case, reviewer: FlaskClient) -> None:
    case.crowd(6)
    page = words(reviewer.get(case.approve(CORRECTED)))
    assert "Moins de 10 agents ont eu une question corrigée" in page
    assert FIGURES.search(page) is None


def test_a_question_reworded_with_its_key_is_named_as_left_out(
    case: Case, reviewer: FlaskClient
) -> None:
    page = words(reviewer.get(case.approve(REWORDED)))
    assert "ce sont d’autres questions" in page
    assert "La bonne réponse d’une question publiée change" not in page


def test_a_change_of_words_speaks_of_no_attempt(case: Case, reviewer: FlaskClient) -> None:
    page = words(reviewer.get(case.approve(MODULE.replace("Un geste banal", "Un geste courant"))))
    assert "Pour qui" in page
    assert "Les tentatives passées" not in page


def test_files_that_change_a_key_say_the_same(
    case: Case, client: FlaskClient, content: Path
) -> None:
    case.crowd(40)
    folder = content / "modules" / SLUG
    (folder / "banques").mkdir(parents=True)
    (folder / "module.md").write_text(CORRECTED, encoding="utf-8")
    (folder / "banques" / "cas.md").write_text(BANK, encoding="utf-8")
    address = f"/formateur/modules/{SLUG}/publication"
    page = client.get(address)
    foreseen = FIGURES.search(words(page))
    assert foreseen is not None
    held = dict(re.findall(r'name="(csrf_token|sha256)"[^>]*value="([^"]*)"', page.text))
    assert held["csrf_token"] == token(page)
    done = client.post(address, data=held | {"kind": "erratum"}, follow_redirects=True)
    assert FIGURES.search(words(done))[0] == foreseen[0]  # type: ignore[index]


def test_what_changes_in_two_languages_is_told_once_in_the_readers(
    session: Session, trainer: Agent, client: FlaskClient
) -> None:
    translated = ("Le principe", "The principle")
    version_id = publish_module(session, en=MODULE.replace(*translated))
    who, now = {"agent_id": trainer.id}, utc_now()
    draft_id = open_version(session, version_id, now=now, **who)
    texts = {"module.md": CORRECTED, "module.en.md": CORRECTED.replace(*translated)}
    for path, text in texts.items():
        save_text(session, draft_id, path, text, base=1, now=now, **who)
    session.commit()
    page = words(client.get(f"/formateur/brouillons/{draft_id}"))
    assert page.count("la bonne réponse change") == 1
    assert "« Le principe » : la bonne réponse change" in page
