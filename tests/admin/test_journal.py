"""The journal's page: who did what, filtered and in pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.admin.wording import action_names
from app.extensions import db
from app.journal.services import Action, record
from app.people.models import Agent

PATH = "/administration/journal"


def test_people_are_shown_by_name_and_matricule(
    client: FlaskClient, session: Session, agent: Agent, administrator: Agent
) -> None:
    record(session, Action.ROLE_GRANTED, actor_id=administrator.id, object_kind="agent",
           object_id=agent.id, address="10.0.0.7", role="trainer", unit=[1, 2])  # fmt: skip
    session.commit()
    text = client.get(PATH).text
    for told in ("Rôle confié", "Ada Byron", "ADM", "Zoé Lefèvre", "PN 7", "10.0.0.7", "1, 2"):
        assert told in text


def test_the_journal_comes_in_pages_of_three_statements(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    for number in range(60):
        record(session, Action.SNAPSHOT_TAKEN, actor_id=None, object_kind="snapshot",
               object_id=f"n{number:03}")  # fmt: skip
    session.commit()
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    first = client.get(PATH).text
    assert len(statements) == 3
    assert "n059" in first
    assert "n010" in first
    assert "n009" not in first
    older = first[first.index("avant=") :].split('"')[0].removeprefix("avant=")
    second = client.get(PATH, query_string={"avant": older}).text
    assert "n009" in second
    assert "n010" not in second


@pytest.mark.parametrize(
    ("kind", "said"),
    [("page", "à l’écran"), ("csv", "exportée"), ("xlsx", "exportée"), ("pdf", "exportée")],
)
def test_a_list_taken_away_as_a_file_is_told_from_one_that_was_looked_at(
    client: FlaskClient, session: Session, kind: str, said: str
) -> None:
    record(session, Action.NAMES_SEEN, actor_id=None, object_kind="follow_up", object_id=1,
           list=kind)  # fmt: skip
    session.commit()
    others = {"à l’écran", "exportée"} - {said}
    text = client.get(PATH).text
    assert said in text
    assert not any(other in text for other in others)


def test_one_kind_of_act_can_be_shown_alone(client: FlaskClient, session: Session) -> None:
    record(session, Action.SNAPSHOT_TAKEN, actor_id=None, object_id="first")
    record(session, Action.PEOPLE_LOADED, actor_id=None, object_kind="people", object_id="second")
    session.commit()
    text = client.get(PATH, query_string={"action": "people_loaded"}).text
    assert "second" in text
    assert "first" not in text
    assert "second" in client.get(PATH, query_string={"action": "unheard of"}).text


@pytest.mark.parametrize("before", ["0", "x", "-4", "٣", "99999999999"])
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, before: str) -> None:
    assert client.get(PATH, query_string={"avant": before}).status_code == 404


def test_every_action_has_a_name(app: Flask) -> None:
    with app.test_request_context():
        assert set(action_names()) == set(Action)
