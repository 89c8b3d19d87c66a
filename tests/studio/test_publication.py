"""Publish from the trainers' room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services
from app.catalogue.models import ModuleVersion
from app.database import utc_now
from app.journal.models import JournalEntry
from app.people.models import Agent
from app.studio.queries import list_history
from tests.catalogue.texts import BANK, MODULE, lay, read
from tests.factories import Factories
from tests.signing_in import sign_in

ADDRESS = "/formateur/modules/cafe-offert/publication"
EDITORIAL = MODULE.replace("cœur du métier", "sens du métier")
OTHER_KEY = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")


@pytest.fixture
def first(session: Session) -> ModuleVersion:
    services.publish(session, read(), author_id=None, now=utc_now())
    session.commit()
    return session.scalars(select(ModuleVersion)).one()


def fields_of(client: FlaskClient) -> dict[str, str]:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    text = response.get_data(as_text=True)
    names = re.findall(r'<input[^>]*name="(csrf_token|sha256)"[^>]*value="([^"]*)"', text)
    return dict(names)


def post(client: FlaskClient, **values: str) -> tuple[int, str]:
    response = client.post(ADDRESS, data=fields_of(client) | values)
    text = response.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")
    return response.status_code, text


def test_a_first_version_is_published_by_its_trainer(
    client: FlaskClient, session: Session, trainer: Agent, content: Path
) -> None:
    lay(content)
    assert b"premi\xc3\xa8re publication" in client.get(ADDRESS).data
    status, _ = post(client, notes=" Première ")
    assert status == 302
    version = session.scalars(select(ModuleVersion)).one()
    assert (version.author_id, version.kind, version.notes) == (
        trainer.id, "substantial", "Première",
    )  # fmt: skip
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.action == "module_published")
    ).one()
    assert (entry.actor_id, entry.object_id) == (trainer.id, str(version.id))
    page = client.get("/formateur/modules/cafe-offert").get_data(as_text=True)
    assert "est publiée" in page
    assert ADDRESS not in page


def test_what_changes_is_said_before(
    client: FlaskClient, first: ModuleVersion, session: Session, content: Path
) -> None:
    lay(content, text=EDITORIAL)
    page = client.get(ADDRESS).get_data(as_text=True)
    assert "Texte modifié" in page
    assert '<option selected value="editorial">' in page
    assert post(client, kind="editorial")[0] == 302
    session.rollback()
    versions = list_history(session, "cafe-offert")
    assert [(one.number, one.kind) for one in versions] == [(2, "editorial"), (1, "substantial")]


def test_a_changed_key_has_to_be_stated(
    client: FlaskClient, first: ModuleVersion, session: Session, content: Path
) -> None:
    lay(content, bank=OTHER_KEY)
    assert '<option selected value="erratum">' in client.get(ADDRESS).get_data(as_text=True)
    status, text = post(client, kind="editorial", notes="Ce que j’ai écrit")
    assert status == 422
    assert "publiez cette version comme un erratum" in text
    assert "Ce que j’ai écrit" in text
    session.rollback()
    assert len(list_history(session, "cafe-offert")) == 1
    assert post(client, kind="erratum")[0] == 302


def test_an_erratum_that_corrects_no_key_is_refused(
    client: FlaskClient, first: ModuleVersion, content: Path
) -> None:
    lay(content, text=EDITORIAL)
    status, text = post(client, kind="erratum")
    assert status == 422
    assert "n’est pas un erratum" in text


@pytest.mark.parametrize("values", [{"kind": "autre"}, {"kind": "editorial", "notes": "x" * 501}])
def test_a_malformed_form_is_shown_again(
    client: FlaskClient, first: ModuleVersion, content: Path, values: dict[str, str]
) -> None:
    lay(content, text=EDITORIAL)
    status, text = post(client, **values)
    assert status == 422
    assert "field__error" in text


def test_files_that_changed_since_are_shown_before_they_are_published(
    client: FlaskClient, first: ModuleVersion, session: Session, content: Path
) -> None:
    lay(content, text=EDITORIAL)
    fields = fields_of(client) | {"kind": "editorial"}
    lay(content, text=EDITORIAL.replace("# Le café offert", "# Le thé offert"))
    response = client.post(ADDRESS, data=fields)
    assert response.status_code == 422
    text = response.get_data(as_text=True)
    assert "ont changé depuis" in text
    assert "Le thé offert" in text
    session.rollback()
    assert len(list_history(session, "cafe-offert")) == 1
    assert post(client, kind="editorial")[0] == 302


def test_a_module_that_cannot_be_published_says_why(
    client: FlaskClient, session: Session, content: Path
) -> None:
    draw = "### Tirage : Deux cas {#tirage banque=cas nombre=1}\n"
    lay(content, text=MODULE.replace(draw, "").replace("voir=geste}", "voir=geste corps=gn}"))
    status, text = post(client)
    assert status == 422
    assert "n’a pas d’évaluation notée pour le corps" in text
    lay(content)
    assert post(client)[0] == 302


def test_what_has_errors_or_is_published_has_nothing_to_publish(
    client: FlaskClient, first: ModuleVersion, session: Session, content: Path
) -> None:
    for text in (MODULE, MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez")):
        lay(content, text=text)
        response = client.get(ADDRESS)
        assert response.status_code == 302
        assert response.headers["Location"] == "/formateur/modules/cafe-offert"


def test_a_reviewer_cannot_publish(
    app: Flask, session: Session, factories: Factories, content: Path
) -> None:
    lay(content)
    reviewer = factories.agent(Role.REVIEWER)
    session.commit()
    client = sign_in(app, reviewer)
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code in {400, 404}
    session.rollback()
    assert list_history(session, "cafe-offert") == []


def test_files_replace_what_was_written_in_a_draft_only_when_told(
    app: Flask, session: Session, factories: Factories, content: Path
) -> None:
    trainer = factories.agent(Role.TRAINER, Role.REVIEWER)
    session.commit()
    client = sign_in(app, trainer)
    room = services.Room(reviewer_id=trainer.id, publisher_id=trainer.id)
    services.publish(session, read(EDITORIAL), author_id=None, now=utc_now(), room=room)
    session.commit()
    lay(content)
    status, text = post(client, kind="editorial")
    assert status == 422
    assert "a été écrite dans un brouillon" in text
    assert post(client, kind="editorial", over="y")[0] == 302
    session.rollback()
    assert len(list_history(session, "cafe-offert")) == 2


def test_files_do_not_undo_a_review_by_one_person(
    client: FlaskClient, session: Session, trainer: Agent, content: Path
) -> None:
    room = services.Room(reviewer_id=trainer.id, publisher_id=trainer.id)
    services.publish(session, read(EDITORIAL), author_id=None, now=utc_now(), room=room)
    session.commit()
    lay(content)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "relue par une seconde personne" in page.text
    assert 'name="over"' not in page.text
    assert post(client, kind="editorial", over="y")[0] == 409
    session.rollback()
    assert len(list_history(session, "cafe-offert")) == 1
