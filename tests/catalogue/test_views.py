"""Pages of the catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.catalogue import services, states
from app.catalogue.states import ModuleState, Stage
from app.catalogue.views import modules
from app.database import utc_now
from tests.catalogue.texts import MODULE, PNG, read
from tests.factories import Factories
from tests.signing_in import sign_in

Statements = Callable[[], AbstractContextManager[list[str]]]
DIGEST = hashlib.sha256(PNG).hexdigest()


@pytest.fixture
def client(app: Flask, catalogue: Session, factories: Factories) -> FlaskClient:
    agent = factories.agent(corps="pn")
    catalogue.commit()
    return sign_in(app, agent)


@pytest.fixture
def english(app: Flask, catalogue: Session, factories: Factories) -> FlaskClient:
    agent = factories.agent(language="en")
    catalogue.commit()
    return sign_in(app, agent)


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def test_modules_of_the_reader_s_corps_come_first(client: FlaskClient) -> None:
    text = page(client, "/modules")
    mine, others = text.index("Pour votre corps"), text.index("Autres modules")
    assert mine < text.index("Le café offert") < others < text.index("La caserne")
    assert "15 min" in text
    assert "Pas encore commencé" in text


def test_the_day_of_a_review_passes_at_midnight_in_paris(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour, is_past in ((22, False), (23, True)):  # 11 p.m. and midnight on 11 January.
        moment = datetime(2099, 1, 10, hour, 0, tzinfo=UTC)
        monkeypatch.setattr(modules, "utc_now", lambda moment=moment: moment)
        text = page(client, "/modules/cafe-offert")
        assert ("La date de relecture de ce module est passée" in text) is is_past


def test_paths_are_those_of_the_reader_s_corps_and_band(client: FlaskClient) -> None:
    text = page(client, "/modules")
    assert "Terrain" in text
    assert "Pompiers" not in text
    assert "Chefs" not in text


def test_the_catalogue_costs_few_statements(client: FlaskClient, statements: Statements) -> None:
    client.get("/modules")
    with statements() as seen:
        client.get("/modules")
    assert len(seen) <= 5, seen


def test_an_empty_catalogue_says_so(app: Flask, session: Session, factories: Factories) -> None:
    agent = factories.agent()
    session.commit()
    assert "Aucun module pour le moment" in page(sign_in(app, agent), "/modules")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ModuleState(Stage.ENROLLED), "Inscription faite"),
        (ModuleState(Stage.UNDER_WAY, done=2, total=5), "2 étapes lues sur 5"),
        (ModuleState(Stage.COMPLETED, completed_at=utc_now()), "Terminé le"),
        (ModuleState(Stage.UNDER_WAY, due_on=utc_now().date()), "À terminer pour le"),
        (ModuleState(Stage.ENROLLED, due_on=utc_now().date(), is_late=True), "En retard depuis le"),
    ],
)
def test_the_reader_s_own_state_is_shown(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, state: ModuleState, told: str
) -> None:
    monkeypatch.setattr(states, "PROVIDERS", [lambda session, agent_id: {1: state}])
    assert told in page(client, "/modules")
    text = page(client, "/modules/cafe-offert")
    assert told in text
    assert "Commencer ce module" not in text


def test_without_a_provider_nobody_has_a_state(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "PROVIDERS", [])
    assert "Pas encore commencé" in page(client, "/modules")


def test_a_module_says_what_it_is_and_how_sure(client: FlaskClient) -> None:
    text = page(client, "/modules/cafe-offert")
    for told in (
        "Un geste banal", "Probité", "10 janvier 2026", "Références vérifiées en partie",
        "Une équipe", "Commencer ce module", "fiche réflexe",
        "Police nationale, Gendarmerie nationale",
    ):  # fmt: skip
        assert told in text, told
    assert "CANARI" not in text
    assert "Réservé à la gendarmerie" not in text


def test_a_passed_review_date_is_said(app: Flask, client: FlaskClient, catalogue: Session) -> None:
    yesterday = (utc_now() - timedelta(days=1)).date().isoformat()
    late = read(MODULE.replace("2099-01-10", yesterday))
    services.publish(catalogue, late, author_id=None, now=utc_now())
    catalogue.commit()
    assert "date de relecture de ce module est passée" in page(client, "/modules/cafe-offert")


def test_recommended_modules_are_linked(client: FlaskClient, catalogue: Session) -> None:
    text = MODULE.replace("niveau: fondamental", "prerequis: [caserne, absent]")
    services.publish(catalogue, read(text), author_id=None, now=utc_now())
    catalogue.commit()
    shown = page(client, "/modules/cafe-offert")
    assert "/modules/caserne" in shown
    assert "absent" not in shown


def test_a_translated_module_is_shown_in_english(english: FlaskClient) -> None:
    text = page(english, "/modules/cafe-offert")
    assert "The free coffee" in text
    assert "An ordinary gesture" in text


def test_a_text_that_is_not_translated_says_its_language(english: FlaskClient) -> None:
    assert '<span lang="fr">La caserne</span>' in page(english, "/modules")


@pytest.mark.parametrize("slug", ["absent", "CAFE-OFFERT", "cafe-offert%00"])
def test_an_unknown_module_is_not_found(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/modules/{slug}").status_code in {400, 404}


def test_a_retired_module_is_not_found(client: FlaskClient, catalogue: Session) -> None:
    services.retire(catalogue, "cafe-offert", actor_id=None, now=utc_now())
    catalogue.commit()
    assert client.get("/modules/cafe-offert").status_code == 404


def test_a_media_is_kept_by_the_browser_and_can_do_nothing(client: FlaskClient) -> None:
    response = client.get(f"/media/{DIGEST}")
    assert response.data == PNG
    assert response.content_type == "image/png"
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    again = client.get(f"/media/{DIGEST}", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_media_can_be_asked_for(client: FlaskClient) -> None:
    response = client.get(f"/media/{DIGEST}", headers={"Range": "bytes=0-3"})
    assert (response.status_code, response.data) == (206, PNG[:4])


@pytest.mark.parametrize("digest", ["0" * 64, "abc", "0" * 65])
def test_an_unknown_media_is_not_found(client: FlaskClient, digest: str) -> None:
    assert client.get(f"/media/{digest}").status_code == 404
    tagged = client.get(f"/media/{digest}", headers={"If-None-Match": '"abc"'})
    assert tagged.status_code == 404


@pytest.mark.parametrize("address", ["/modules", "/modules/cafe-offert", f"/media/{DIGEST}"])
def test_nothing_is_shown_to_those_who_are_not_signed_in(
    app: Flask, catalogue: Session, address: str
) -> None:
    response = app.test_client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/connexion")
