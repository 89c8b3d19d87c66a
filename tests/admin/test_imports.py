"""The pages that import the directory: a file, its columns, what it changes, its report."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from unittest.mock import MagicMock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import Role
from app.admin.import_forms import column_labels
from app.admin.views import import_page
from app.admin.views import imports as imports_page
from app.database import utc_now
from app.i18n import force_language
from app.journal.models import JournalEntry
from app.people import import_process
from app.people.directory.columns import COLUMNS, guess_places
from app.people.import_models import DirectoryImport, ImportPart
from app.people.import_states import State
from app.people.importing import work
from app.people.models import Agent, Assignment
from app.people.services.imports import holding
from tests.factories import Factories
from tests.requests import csrf_token
from tests.signing_in import sign_in

LIST = "/administration/imports"
HEADING = "Identifiant;Nom;Prénom;Service;Libellé;Corps;Grade;Catégorie;Entrée\n"
ROWS = [
    "PN 1;Lefèvre;Zoé;B1;Brigade 1;pn;gardien;application;01/09/2020\n",
    "GN 2;Da Silva;Léo;B1;Brigade 1;gn;capitaine;officiers;15/01/2021\n",
]
PLACES = {
    "matricule": 0, "nom": 1, "prenom": 2, "code_unite": 3, "unite": 4, "corps": 5, "grade": 6,
    "categorie": 7, "arrivee": 8,
}  # fmt: skip


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch, app: Flask) -> list[int]:
    """Work where a process would be started, and tell on what."""
    numbers: list[int] = []

    def start(import_id: int) -> None:
        numbers.append(import_id)
        work(import_id)

    monkeypatch.setattr(imports_page, "start_import", start)
    monkeypatch.setattr(import_page, "start_import", start)
    return numbers


Post = Callable[..., str]


@pytest.fixture
def post(app: Flask, client: FlaskClient) -> Post:
    def send(path: str, *, status: int = 200, **values: object) -> str:
        values["csrf_token"] = csrf_token(app, client)
        response = client.post(path, data=values, follow_redirects=True)
        assert response.status_code == status, response.text
        return response.text

    return send


@pytest.fixture
def give(post: Post) -> Callable[..., str]:
    """Give a file, and answer with the page of its import."""

    def send(text: str, *, kind: str = "agents", status: int = 200) -> str:
        file = (io.BytesIO(text.encode("cp1252")), "annuaire.csv")
        return post(LIST, status=status, kind=kind, file=file)

    return send


def columns(**more: object) -> dict[str, object]:
    return {f"column_{name}": place for name, place in PLACES.items()} | {"below": 0} | more


def newest(session: Session) -> DirectoryImport:
    session.rollback()
    session.expire_all()
    return session.scalars(select(DirectoryImport).order_by(DirectoryImport.id.desc())).first()  # type: ignore[return-value]


def test_a_file_goes_from_its_columns_to_its_report(
    give: Callable[..., str], post: Post, session: Session, administrator: Agent
) -> None:
    page = give(HEADING + "".join(ROWS))
    assert "Colonnes à vérifier" in page
    assert "cp1252" in page
    assert "Lefèvre" in page
    row = newest(session)
    matched = re.findall(r'name="column_(\w+)".*?selected value="(\d+)"', page, re.S)
    assert ("matricule", "0") in matched
    page = post(f"{LIST}/{row.id}/colonnes", **columns(accepts_grades="y"))
    assert "Prêt à appliquer" in page
    assert re.search(r"Créés</th>\s*<td class=\"number\">2<", page)
    assert "Lefèvre Zoé (PN 1)" in page
    assert session.scalar(select(Agent).where(Agent.matricule_key == "pn1")) is None
    session.rollback()
    page = post(f"{LIST}/{row.id}/application")
    assert "Appliqué" in page
    assert "Lefèvre" not in page
    session.rollback()
    zoe = session.scalars(select(Agent).where(Agent.matricule_key == "pn1")).one()
    assert zoe.family_name == "Lefèvre"
    assert session.scalars(select(ImportPart)).all() == []
    acts = session.scalars(
        select(JournalEntry.action)
        .where(JournalEntry.actor_id == administrator.id, JournalEntry.object_kind == "import")
        .order_by(JournalEntry.id)
    ).all()
    assert acts == ["directory_file_received", "directory_file_confirmed", "people_loaded"]


def test_the_columns_of_the_last_file_of_this_shape_are_remembered(
    give: Callable[..., str], post: Post, session: Session
) -> None:
    odd = HEADING.replace("Identifiant", "Clef").replace("Libellé", "Où")
    assert "matricule" not in (give(odd + ROWS[0]) and newest(session).places)
    post(f"{LIST}/{newest(session).id}/colonnes", **columns(accepts_grades="y"))
    give(odd + ROWS[1])
    assert newest(session).places == PLACES


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_headed_as_the_page_names_its_columns_is_recognised(
    app: Flask, language: str
) -> None:
    with app.test_request_context(), force_language(language):
        labels = column_labels()
    for kind, columns_of in COLUMNS.items():
        places = guess_places(kind, [str(labels[column]) for column in columns_of])
        assert places == {column: place for place, column in enumerate(columns_of)}


def test_errors_are_told_by_row_and_column_and_downloaded(
    give: Callable[..., str], post: Post, client: FlaskClient, session: Session
) -> None:
    give(HEADING + ROWS[0].replace("01/09/2020", "31/02/2020") + "=1;<b>x</b>;;B9;;pn;g;chefs;\n")
    row = newest(session)
    page = post(f"{LIST}/{row.id}/colonnes", **columns(accepts_grades="y"))
    assert "rien n’a été appliqué" in page
    assert "« 31/02/2020 » n’est pas une date" in page.replace("\xa0", " ")
    assert session.scalar(select(Agent).where(Agent.matricule_key == "pn1")) is None
    response = client.get(f"{LIST}/{row.id}/erreurs.csv")
    lines = response.text.splitlines()
    assert lines[0].endswith("Ligne;Colonne;Erreur")
    assert any(line.startswith("2;arrivee;") for line in lines)
    assert any(line.startswith("3;prenom;") for line in lines)
    assert len(lines) > 5


def test_a_needed_column_is_asked_for(
    give: Callable[..., str], post: Post, session: Session
) -> None:
    give(HEADING + ROWS[0])
    page = post(f"{LIST}/{newest(session).id}/colonnes", status=400, **columns(column_matricule=-1))
    assert "Choisissez la colonne du fichier." in page
    assert newest(session).state == State.MATCHING


def test_many_departures_ask_for_their_number(
    give: Callable[..., str], post: Post, session: Session, factories: Factories
) -> None:
    unit = factories.unit(code="B1", name="Brigade 1")
    for number in range(3):
        factories.agent(matricule=f"X{number}", unit=unit)
    session.commit()
    give(HEADING + "".join(ROWS))
    row = newest(session)
    page = post(f"{LIST}/{row.id}/colonnes", **columns(accepts_grades="y", is_complete="y"))
    assert "3 agents partiraient" in page
    assert post(f"{LIST}/{row.id}/application", status=400, leaving=2).count(
        "Ce n’est pas le nombre"
    )
    assert newest(session).state == State.READY
    post(f"{LIST}/{row.id}/application", leaving=3)
    assert newest(session).state == State.APPLIED
    gone = session.scalars(select(Agent).where(Agent.left_on.is_not(None))).all()
    assert {agent.matricule for agent in gone} == {"X0", "X1", "X2"}
    assert all(agent.deactivated_at for agent in gone)


def test_what_changed_since_it_was_seen_is_shown_again_and_not_applied(
    give: Callable[..., str], post: Post, session: Session, factories: Factories
) -> None:
    give(HEADING + "".join(ROWS))
    row = newest(session)
    post(f"{LIST}/{row.id}/colonnes", **columns(accepts_grades="y"))
    session.rollback()
    factories.agent(matricule="PN1", family_name="Lefèvre")
    session.commit()
    page = post(f"{LIST}/{row.id}/application")
    assert "L’annuaire a changé depuis" in page
    assert session.scalar(select(Agent).where(Agent.matricule_key == "gn2")) is None
    assert newest(session).state == State.READY


def test_an_import_is_given_up_and_its_file_forgotten(
    give: Callable[..., str], post: Post, session: Session
) -> None:
    give(HEADING + "".join(ROWS))
    page = post(f"{LIST}/{newest(session).id}/abandon")
    assert "le fichier est oublié" in page
    row = newest(session)
    assert (row.state, row.preview) == (State.ABANDONED, [])
    assert session.scalars(select(ImportPart)).all() == []
    page = post(f"{LIST}/{row.id}/application")
    assert "a avancé entre-temps" in page


def test_an_import_whose_process_died_is_resumed_from_its_page(
    give: Callable[..., str], post: Post, client: FlaskClient, session: Session, started: list[int]
) -> None:
    give(HEADING + "".join(ROWS))
    row = newest(session)
    session.execute(
        update(DirectoryImport).values(state=State.READING, places=PLACES, accepts_grades=True)
    )
    session.commit()
    page = client.get(f"{LIST}/{row.id}").text
    assert "Reprendre l’import" in page
    assert "data-refreshing" in page
    post(f"{LIST}/{row.id}/reprise")
    assert newest(session).state == State.READY
    assert started == [row.id, row.id]
    post(f"{LIST}/{row.id}/reprise")
    assert started == [row.id, row.id]


def test_a_process_that_is_only_starting_is_not_called_silent(
    app: Flask, give: Callable[..., str], client: FlaskClient, session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    give(HEADING + "".join(ROWS))
    row = newest(session)
    session.execute(update(DirectoryImport).values(state=State.OPENING))
    session.commit()
    monkeypatch.setitem(app.config, "IMPORT_PROCESSES", True)
    monkeypatch.setattr(import_process.subprocess, "Popen", MagicMock())
    with app.app_context():
        import_process.start_import(row.id)
    assert "Aucun programme" not in client.get(f"{LIST}/{row.id}").text
    session.execute(update(DirectoryImport).values(seen_at=utc_now() - holding.SILENT_AFTER * 2))
    session.commit()
    assert "Aucun programme" in client.get(f"{LIST}/{row.id}").text


def test_a_file_that_cannot_be_read_says_why(give: Callable[..., str]) -> None:
    assert "Le fichier est vide." in give("")


def test_the_process_that_refuses_a_file_leaves_its_mistakes_to_the_page(
    app: Flask, give: Callable[..., str], client: FlaskClient, session: Session
) -> None:
    give("")
    row = newest(session)
    session.execute(update(DirectoryImport).values(state=State.OPENING))
    session.commit()
    said = app.test_cli_runner().invoke(args=["people", "import", "--resume", str(row.id)])
    assert "1 mistake(s)" in said.output
    assert newest(session).state == State.REFUSED
    assert "Le fichier est vide." in client.get(f"{LIST}/{row.id}").text


def test_a_file_must_be_chosen(post: Post) -> None:
    assert "Choisissez un fichier." in post(LIST, status=400, kind="agents")


@pytest.mark.parametrize("role", [None, Role.HR_FOLLOW_UP])
def test_only_an_administrator_may_send_a_large_file(
    app: Flask, client: FlaskClient, session: Session, factories: Factories, role: Role | None
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    data = {"kind": "agents", "file": (io.BytesIO(b"x" * 5_000), "a.csv")}
    agent = factories.agent(*([role] if role else []))
    session.commit()
    other = sign_in(app, agent)
    headers = {"X-CSRFToken": csrf_token(app, other)}
    assert other.post(LIST, data=data, headers=headers).status_code in {404, 413}
    data["file"] = (io.BytesIO(b"x" * 5_000), "a.csv")
    headers = {"X-CSRFToken": csrf_token(app, client)}
    assert client.post(LIST, data=data, headers=headers).status_code == 302


def test_the_pages_open_in_both_languages_at_every_state(
    give: Callable[..., str], client: FlaskClient, session: Session
) -> None:
    give(HEADING + "".join(ROWS))
    row = newest(session)
    for state in State:
        session.execute(update(DirectoryImport).values(state=state))
        session.commit()
        for language in ("fr", "en"):
            with client.session_transaction() as cookie:
                cookie["language"] = language
            assert client.get(f"{LIST}/{row.id}").status_code == 200
            assert client.get(LIST).status_code == 200


def test_units_are_imported_from_a_page(
    give: Callable[..., str], post: Post, session: Session
) -> None:
    give("code_unite;unite;code_parent\nD1;Direction;\nB1;Brigade;D1\n", kind="units")
    row = newest(session)
    page = post(f"{LIST}/{row.id}/colonnes", column_code_unite=0, column_unite=1,
                column_code_parent=2, below=0)  # fmt: skip
    assert re.search(r"Créés</th>\s*<td class=\"number\">2<", page)
    assert "Appliqué" in post(f"{LIST}/{row.id}/application")
    assert session.scalars(select(Assignment.id).where(Assignment.ends_on.is_not(None))).all() == []
