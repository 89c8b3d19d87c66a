"""What waits to be applied is given to its person, erased with them, and forgotten in time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.people import personal_data
from app.people.directory.columns import Kind
from app.people.import_models import DirectoryImport, ImportPart, ImportRow
from app.people.import_process import start_import
from app.people.import_states import State
from app.people.importing import work
from app.people.services.imports import receiving
from tests.factories import Factories

HEADING = "matricule;prenom;nom;code_unite;unite;corps;grade;categorie;arrivee\n"
ZOE = "PN 7;Zoé;Lefèvre;B1;Brigade;pn;gardien;application;2020-09-01\n"


def give(rows: str = ZOE) -> int:
    """Give a file of one agent, or of others."""
    file = io.BytesIO((HEADING + rows).encode())
    return write(
        receiving.receive, kind=Kind.AGENTS, name="a.csv", file=file, actor_id=None, now=utc_now()
    )


@pytest.fixture
def waiting(app: Flask) -> int:
    """Bring a file to where it waits to be applied."""
    with app.app_context():
        import_id = give()
        work(import_id)

        def match(session: Session) -> None:
            places = session.get_one(DirectoryImport, import_id).places
            options = receiving.Options(accepts_grades=True)
            receiving.match(session, import_id=import_id, places=places, options=options)

        write(match)
        work(import_id)
    return import_id


def test_postgresql_has_seen_what_was_staged_before_it_is_read(
    app: Flask, session: Session
) -> None:
    rows = "".join(ZOE.replace("PN 7", f"PN {number}") for number in range(43))
    with app.app_context():
        import_id = give(rows)
        work(import_id)
        write(receiving.match, import_id=import_id,
              places=session.get_one(DirectoryImport, import_id).places,
              options=receiving.Options(accepts_grades=True))  # fmt: skip
        work(import_id)
    session.rollback()  # It saw the moment before.
    assert len(session.scalars(select(ImportRow)).all()) == 43
    if session.get_bind().dialect.name == "postgresql":  # SQLite plans the same whatever came.
        seen = "SELECT reltuples FROM pg_class WHERE relname = 'import_row'"
        assert session.scalar(text(seen)) == 43


def test_what_waits_is_given_and_erased_with_the_person(
    waiting: int, session: Session, factories: Factories
) -> None:
    agent = factories.agent(matricule="PN 7")
    staged = personal_data.export_everything(session, agent.id)["people"]["directory_files"]
    assert [(row["family_name"], row["unit_code"]) for row in staged] == [("Lefèvre", "B1")]
    personal_data.erase_everything(session, agent.id)
    assert session.scalars(select(ImportRow)).all() == []


@pytest.mark.parametrize(
    ("state", "end"),
    [
        (State.READY, State.ABANDONED),
        (State.READING, State.ABANDONED),  # Its process died: nobody went on with it.
        (State.SEEKING, State.ABANDONED),
        (State.CLEARING, State.APPLIED),
    ],
)
def test_a_file_that_nobody_applies_is_forgotten(
    app: Flask, waiting: int, session: Session, state: State, end: State
) -> None:
    row = session.get_one(DirectoryImport, waiting)
    assert row.state == State.READY
    row.state = state
    session.commit()
    run = app.test_cli_runner().invoke
    assert "0 directory files." in run(args=["people", "forget-old"]).output
    row.created_at = utc_now() - timedelta(days=8)
    session.commit()
    assert "1 directory files." in run(args=["people", "forget-old"]).output
    session.expire_all()
    assert row.state == end
    assert end == State.APPLIED or (row.preview, row.samples) == ([], {})
    for model in (ImportRow, ImportPart):
        assert session.scalars(select(model)).all() == []


def test_what_is_half_applied_is_not_given_up(app: Flask, waiting: int, session: Session) -> None:
    row = session.get_one(DirectoryImport, waiting)
    row.state, row.created_at = State.APPLYING, utc_now() - timedelta(days=8)
    session.commit()
    assert (
        "0 directory files." in app.test_cli_runner().invoke(args=["people", "forget-old"]).output
    )
    session.expire_all()
    assert row.state == State.APPLYING
    assert len(session.scalars(select(ImportRow)).all()) == 1


def test_a_page_starts_a_process_that_does_the_work(
    make_app: Callable[..., Flask], session: Session
) -> None:
    with make_app(IMPORT_PROCESSES=True, LOG_LEVEL="ERROR").app_context():
        import_id = give()
        start_import(import_id)
    deadline = time.monotonic() + 120
    state = ""
    while state != State.MATCHING and time.monotonic() < deadline:
        time.sleep(0.2)
        session.rollback()
        state = session.scalar(select(DirectoryImport.state)) or ""
    assert state == State.MATCHING
    session.rollback()
    while session.scalar(select(DirectoryImport.worker)) and time.monotonic() < deadline:
        time.sleep(0.2)
        session.rollback()
