"""Whom an erratum helps is shown before it is applied, and once it was."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue.models import ModuleVersion
from app.journal.models import JournalEntry
from app.learning.models import AttemptCorrection, Completion, Erratum
from app.studio.views import errata, impact
from tests.factories import Factories
from tests.learning.crowd import add_crowd
from tests.learning.modules import SLUG, compiled, publish_module
from tests.learning.reader import count
from tests.learning.test_errata import CORRECTED, correct
from tests.pages import token, words
from tests.signing_in import sign_in

PAGE = f"/formateur/modules/{SLUG}/erratum"
UNTIL = re.compile(r"(\d+) tentatives? sous le seuil devien")


@pytest.fixture
def version_id(session: Session) -> int:
    return publish_module(session)


def crowd(session: Session, factories: Factories, version_id: int, agents: int) -> None:
    module_id = session.scalar(sa.select(ModuleVersion.module_id))
    assert module_id is not None
    add_crowd(session, factories.unit(), compiled(), (module_id, version_id), agents=agents)


def apply(client: FlaskClient, **changed: str) -> str:
    """Press the page's button and read the page that comes."""
    page = client.get(PAGE)
    counts = re.search(r'name="comptes" value="([^"]*)"', page.text)
    assert counts is not None
    sent = {"csrf_token": token(page), "comptes": counts[1]} | changed
    return words(client.post(PAGE, data=sent, follow_redirects=True))


def test_the_page_counts_then_applies_and_says_what_was_done(
    client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 40)
    erratum_id = correct(session)
    before = words(client.get(PAGE))
    assert "Ce qui changera" in before
    assert "Le principe" in before
    raised = UNTIL.search(before)
    assert raised is not None
    completions = count(session, Completion)
    after = apply(client)
    assert "L’erratum est appliqué" in after
    assert "Ce qui a changé" in after
    assert UNTIL.search(after)[1] == raised[1]  # type: ignore[index]
    assert count(session, AttemptCorrection) == 40
    assert count(session, Completion) - completions == int(raised[1])
    entry = session.scalars(
        sa.select(JournalEntry).where(JournalEntry.action == "erratum_applied")
    ).one()
    assert (entry.object_kind, entry.object_id) == ("module_version", str(erratum_id))
    assert entry.actor_id is not None
    assert "Appliquer l’erratum" not in after


def test_an_erratum_that_nobody_applied_waits(
    client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 40)
    assert "pas encore appliqué" not in words(client.get("/formateur/"))
    correct(session)
    assert "pas encore appliqué" in words(client.get("/formateur/"))
    apply(client)
    assert "pas encore appliqué" not in words(client.get("/formateur/"))


def test_counts_that_changed_meanwhile_are_shown_again(
    client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 40)
    correct(session)
    again = apply(client, comptes="39 2 1")
    assert "Les comptes ont changé" in again
    assert "Appliquer l’erratum" in again
    assert count(session, Erratum) == count(session, AttemptCorrection) == 0


def test_a_few_agents_are_not_counted_by_their_outcomes(
    client: FlaskClient, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 9)
    correct(session)
    page = words(client.get(PAGE))
    assert "Moins de 10 agents" in page
    assert "sous le seuil devien" not in page
    assert "L’erratum est appliqué" in apply(client)
    assert count(session, AttemptCorrection) == 9
    assert "Moins de 10 agents" in words(client.get(PAGE))


def test_an_application_that_takes_long_is_continued_by_hand(
    client: FlaskClient, session: Session, factories: Factories, version_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(errata, "SECONDS", 0)
    crowd(session, factories, version_id, 110)
    correct(session)
    page = apply(client)
    assert "en cours d’application" in page
    presses = 1
    while "Continuer l’application" in page:
        page = apply(client)
        presses += 1
    assert presses > 1
    assert count(session, AttemptCorrection) == 110


def test_too_many_attempts_are_left_to_the_command_line(
    client: FlaskClient, session: Session, factories: Factories, version_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(impact, "MOST_ATTEMPTS", 10)
    crowd(session, factories, version_id, 11)
    correct(session)
    assert f"flask content erratum {SLUG}" in words(client.get(PAGE))
    sent = {"csrf_token": token(client.get("/formateur/")), "comptes": ""}
    assert client.post(PAGE, data=sent).status_code == 409
    assert count(session, Erratum) == 0


def test_a_module_without_an_erratum_says_so(client: FlaskClient, version_id: int) -> None:
    assert "n’a pas d’erratum" in words(client.get(PAGE))
    assert client.get("/formateur/modules/nulle-part/erratum").status_code == 404
    assert "Son effet sur les tentatives" not in client.get(f"/formateur/modules/{SLUG}").text


def test_a_question_left_out_is_named_with_what_to_do(
    client: FlaskClient, session: Session, version_id: int
) -> None:
    correct(session, CORRECTED.replace("Un cadeau partagé reste", "Un don n'est pas"))
    page = words(client.get(PAGE))
    assert "publiez d’abord l’ancien texte" in page
    assert "Appliquer l’erratum" not in page
    assert "Son effet sur les tentatives" in client.get(f"/formateur/modules/{SLUG}").text


def test_a_reviewer_may_apply_it_and_an_agent_may_not_see_it(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    crowd(session, factories, version_id, 10)
    correct(session)
    reviewer, agent = factories.agent(Role.REVIEWER), factories.agent()
    session.commit()
    assert sign_in(app, agent).get(PAGE).status_code == 404
    assert "L’erratum est appliqué" in apply(sign_in(app, reviewer))


def test_the_command_counts_applies_and_ends_what_was_cut(
    app: Flask, session: Session, factories: Factories, version_id: int
) -> None:
    def run(*words: str) -> str:
        result = app.test_cli_runner().invoke(args=["content", "erratum", *words])
        assert result.exit_code == 0, result.output
        return str(result.output)

    refused = app.test_cli_runner().invoke(args=["content", "erratum", SLUG])
    assert (refused.exit_code, "n’a pas d’erratum" in refused.output) == (1, True)
    crowd(session, factories, version_id, 30)
    erratum_id = correct(session)
    foreseen = run(SLUG)
    assert foreseen.replace("\u00a0", " ").startswith("Question corrigée : « Le principe »")
    assert run() == ""
    session.add(Erratum(version_id=erratum_id))
    session.commit()
    done = run()  # Begun by another process, which died.
    assert done == foreseen.split("\n", 1)[1]
    assert run(SLUG) == run(SLUG, "--apply") == done
    assert count(session, AttemptCorrection) == 30
