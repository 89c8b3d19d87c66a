"""The trainers' room: modules, findings, comparison; and who may not come in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue import services
from app.catalogue.differences import Kind
from app.database import utc_now
from app.dialect.sandbox.protocol import Answer, Job
from app.people.models import Agent
from app.studio import previewing
from tests.catalogue.texts import BANK, MODULE, lay, read
from tests.factories import Factories
from tests.pages import parse
from tests.signing_in import sign_in
from tests.studio.conftest import Count

BROKEN = MODULE.replace("[x] b) Vous payez", "[ ] b) Vous payez")
SECOND = MODULE.replace("# Le café offert", "# Le thé offert").replace(
    "{#et-vous}", "{#et-toi ancien=et-vous}"
)
ADDRESSES = [
    "/formateur/",
    "/formateur/modules/cafe-offert",
    "/formateur/modules/cafe-offert/verification",
    "/formateur/modules/cafe-offert/a-verifier",
    "/formateur/modules/cafe-offert/comparaison?avant=1&apres=fichiers",
    "/formateur/modules/cafe-offert/publication",
    "/formateur/modules/cafe-offert/versions/1/",
    "/formateur/modules/cafe-offert/versions/1/geste",
    "/formateur/fichiers/cafe-offert/",
    "/formateur/fichiers/cafe-offert/geste",
]


def test_files_that_are_published_as_they_are_are_not_read_for_the_list(
    client: FlaskClient, session: Session, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(content)
    services.publish(session, read(), author_id=None, now=utc_now())
    session.commit()
    asked: list[str] = []
    done = previewing.PREVIEWER.read

    def note(job: Job, *given: Any, **named: Any) -> Answer:
        asked.append(job.slug)
        return done(job, *given, **named)

    monkeypatch.setattr(previewing.PREVIEWER, "read", note)
    text = page(client, "/formateur/")
    assert (asked, "Le café offert" in text, "10 janvier 2099" in text) == ([], True, True)
    assert "pas encore lu" not in text
    lay(content, text=MODULE.replace("Au quartier", "Au marché"))
    assert "modifié depuis" in page(client, "/formateur/")
    assert asked == ["cafe-offert"]


@pytest.fixture
def published(session: Session, trainer: Agent, content: Path) -> Session:
    lay(content, text=SECOND)
    services.publish(session, read(), author_id=trainer.id, now=utc_now(), notes="Première")
    session.commit()
    return session


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_list_says_what_is_published_and_how_files_stand(
    client: FlaskClient, published: Session, content: Path
) -> None:
    lay(content, "nouveau")
    lay(content, "casse", text=BROKEN)
    services.publish(published, read(slug="sans-fichiers"), author_id=None, now=utc_now())
    published.commit()
    text = page(client, "/formateur/")
    for told in ("modifié depuis", "jamais publié", "à corriger", "sans fichiers"):
        assert text.count(told) == 1, told


def test_what_is_to_be_verified_is_listed_by_urgency(client: FlaskClient, content: Path) -> None:
    note = "\n\nUsage à vérifier. Règle du maire (CSI R. 515-7, à revérifier).\n"
    lay(content, text=MODULE.replace("\n## Évaluation", f"{note}\n## Évaluation"))
    text = page(client, "/formateur/modules/cafe-offert/a-verifier")
    assert "2 points à vérifier" in text
    assert text.index("Police municipale") < text.index("Règle du maire") < text.index("Usage à")


def test_a_list_that_cannot_be_read_is_named(client: FlaskClient, content: Path) -> None:
    lay(content)
    (content / "references.yml").write_text("a: 1\nb: c: d\n", encoding="utf-8")
    response = client.get("/formateur/")
    assert response.status_code == 409
    assert "references.yml" in response.text
    assert "sa ligne 2" in response.text.replace("\u00a0", " ")


def test_an_empty_room_says_what_to_do(client: FlaskClient) -> None:
    assert "content new" in page(client, "/formateur/")


def test_a_module_shows_its_history(client: FlaskClient, published: Session) -> None:
    text = page(client, "/formateur/modules/cafe-offert")
    for told in ("Dominique Leroy", "Première", "première publication", "modifié depuis"):
        assert told in text, told
    assert read().sha256[:8] in text
    assert "/formateur/modules/cafe-offert/publication" in text


def test_a_retired_module_without_files_still_has_its_page(
    client: FlaskClient, session: Session
) -> None:
    services.publish(session, read(slug="ancien"), author_id=None, now=utc_now())
    services.retire(session, "ancien", actor_id=None, now=utc_now())
    session.commit()
    text = page(client, "/formateur/modules/ancien")
    assert "retiré du catalogue" in text
    assert "ligne de commande" in text
    assert "/publication" not in text


def test_findings_are_listed_with_their_place(
    client: FlaskClient, published: Session, content: Path
) -> None:
    lay(content, text=BROKEN, bank=BANK.replace("  > Non.\n", ""))
    address = "/formateur/modules/cafe-offert/verification"
    text = page(client, address)
    line = BROKEN.splitlines().index("### Choix unique : Le gérant {#gerant}") + 1
    assert f"ligne {line}, colonne" in text
    assert "Le café offert" in text  # The published title, since the files cannot be read.
    assert content.as_posix() not in text
    assert "Q202" in page(client, f"{address}?code=Q202")
    assert "<code>Q103</code>" not in page(client, f"{address}?code=Q202")
    assert "Rien à signaler" in page(client, f"{address}?code=rien")
    assert "/publication" not in page(client, "/formateur/modules/cafe-offert")


def test_differences_are_told_in_plain_words(client: FlaskClient, published: Session) -> None:
    services.publish(published, read(SECOND), author_id=None, now=utc_now())
    key = BANK.replace("[x] a) Merci", "[ ] a) Merci").replace("[ ] b) Rien", "[x] b) Rien")
    services.publish(
        published, read(SECOND, bank=key), author_id=None, now=utc_now(), kind=Kind.ERRATUM
    )
    published.commit()
    address = "/formateur/modules/cafe-offert/comparaison"
    text = page(client, f"{address}?avant=1&apres=2")
    for told in (
        "« Le café offert » devient « Le thé offert »", "Question ajoutée : « Et vous »",
        "Question retirée", "modification de fond",
    ):  # fmt: skip
        assert told in text, told
    assert "Lignes qui changent : Module" in text
    assert "Lignes qui changent : Banque" not in text
    shown = parse(client.get(f"{address}?avant=1&apres=2"))
    (added,) = shown.xpath("//ins[contains(., '# Le thé offert')]")
    assert added.text_content().startswith("ajouté")
    assert "la bonne réponse change (a devient b)" in page(client, f"{address}?avant=2&apres=3")
    assert "Aucun changement" in page(client, f"{address}?avant=2&apres=2")
    assert "aux fichiers" in page(client, f"{address}?avant=3&apres=fichiers")


def test_a_comparison_is_titled_in_the_language_of_its_reader(
    client: FlaskClient, session: Session, trainer: Agent
) -> None:
    english = MODULE.replace("Le café offert", "The free coffee")
    services.publish(session, read(MODULE, english=english), author_id=None, now=utc_now())
    trainer.language = "en"
    session.commit()
    shown = client.get("/formateur/modules/cafe-offert/comparaison?avant=1&apres=1")
    assert parse(shown).xpath("//p[@class='eyebrow']/text()") == ["The free coffee"]


@pytest.mark.parametrize("query", ["", "?avant=1", "?avant=x&apres=1", "?avant=1&apres=9"])
def test_a_comparison_with_nothing_is_not_found(
    client: FlaskClient, published: Session, query: str
) -> None:
    address = f"/formateur/modules/cafe-offert/comparaison{query}"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/formateur/modules/absent",
        "/formateur/modules/absent/verification",
        "/formateur/modules/absent/publication",
        "/formateur/modules/cafe-offert/versions/9/geste",
        "/formateur/modules/cafe-offert/versions/9/",
        "/formateur/modules/cafe-offert/versions/1/absent",
        "/formateur/fichiers/absent/",
        "/formateur/fichiers/cafe-offert/absent",
        "/formateur/fichiers/..%2Fmodules/",
        f"/formateur/fichiers/cafe-offert/media/{'0' * 64}",
    ],
)
def test_what_does_not_exist_is_not_found(
    client: FlaskClient, published: Session, address: str
) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_trainers_and_reviewers_come_in(
    app: Flask, published: Session, factories: Factories, address: str
) -> None:
    others = [role for role in Role if role not in {Role.TRAINER, Role.REVIEWER}]
    agent = factories.agent(*others)
    published.commit()
    assert sign_in(app, agent).get(address).status_code == 404
    assert app.test_client().get(address).status_code == 302


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reviewer_sees_all_but_publication(
    app: Flask, published: Session, factories: Factories, address: str
) -> None:
    agent = factories.agent(Role.REVIEWER)
    published.commit()
    client = sign_in(app, agent)
    expected = {404} if address.endswith("publication") else {200, 302}
    assert client.get(address).status_code in expected
    assert "/publication" not in page(client, "/formateur/modules/cafe-offert")


@pytest.mark.parametrize("address", ADDRESSES)
def test_looking_writes_nothing(
    client: FlaskClient, published: Session, count_rows: Count, address: str
) -> None:
    before = count_rows()
    assert client.get(address).status_code in {200, 302}
    assert count_rows() == before
