"""The list of people: found whatever the accents, a page at a time."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.access import Role
from app.database import utc_now
from app.extensions import db
from app.people.models import Agent
from tests.factories import Factories
from tests.signing_in import sign_in

PAGES = ("/administration/personnes", "/administration/roles", "/administration/reglages",
         "/administration/journal", "/administration/reglages/contacts/pn")  # fmt: skip


@pytest.mark.parametrize("query", ["lefevre", "LEFÈVRE zoé", "pn7", "pn 7", "Zo", "zoe"])
def test_someone_is_found_by_name_or_matricule(
    client: FlaskClient, agent: Agent, query: str
) -> None:
    text = client.get("/administration/personnes", query_string={"q": query}).text
    assert "Lefèvre" in text
    assert "1 personne" in text
    assert "Byron" not in text[text.index("<main") :]


@pytest.mark.parametrize("query", ["nobody", "%", "_", "!!", "lefevre ada"])
def test_nobody_is_found_by_something_else(client: FlaskClient, agent: Agent, query: str) -> None:
    text = client.get("/administration/personnes", query_string={"q": query}).text
    assert "Personne ne porte ce nom ni ce matricule." in text


def test_a_long_list_has_pages_in_three_statements_each(
    app: Flask, client: FlaskClient, session: Session, factories: Factories
) -> None:
    for number in range(60):
        factories.agent(family_name=f"Nom{number:03}", deactivated_at=utc_now())
    session.commit()
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    first = client.get("/administration/personnes").text
    assert len(statements) == 3
    assert "61 personnes" in first
    assert first.count("/administration/personnes/") == 50
    assert "Désactivé" in first
    assert "Nom059" in client.get("/administration/personnes?page=2").text


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "٢", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.get("/administration/personnes", query_string={"page": page}).status_code == 404


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [None, Role.HR_FOLLOW_UP, Role.SUPERVISOR, Role.TRAINER])
def test_the_room_is_open_to_administrators_only(
    app: Flask, session: Session, factories: Factories, path: str, role: Role | None
) -> None:
    agent = factories.agent(*([role] if role else []))
    session.commit()
    assert sign_in(app, agent).get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_both_languages(client: FlaskClient, path: str) -> None:
    for language in ("fr", "en"):
        with client.session_transaction() as cookie:
            cookie["language"] = language
        assert client.get(path).status_code == 200


def test_roles_are_listed_with_their_holders(client: FlaskClient) -> None:
    text = client.get("/administration/roles").text
    assert "Ada Byron" in text
    assert "Administration" in text
