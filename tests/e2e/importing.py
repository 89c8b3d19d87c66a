"""Directory files of the demonstration: one at its columns, one refused, one ready to apply."""

from __future__ import annotations

import io

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.people.directory.columns import Kind
from app.people.import_models import DirectoryImport
from app.people.importing import work
from app.people.services.imports import receiving
from tests.e2e.record import Record

HEADING = (
    "Identifiant;Nom;Prénom;Code service;Service;Corps;Grade;Catégorie;Date d’entrée;"
    "Affecté depuis\n"
)
RIGHT = "".join(
    f"ESSAI {number};Lefèvre;Zoé;ESSAI;Brigade d’essai;pn;gardien;application;01/09/2020;\n"
    for number in range(3)
)
WRONG = "ESSAI 9;;Léo;NULLE-PART;;gn;inconnu;chefs;31/02/2020;\n" * 3


def give_files(record: Record) -> None:
    """Give three files, and bring each where it waits for a person."""
    with record.app.app_context():
        give(RIGHT, reads=False)
        give(RIGHT + WRONG, reads=True)
        give(RIGHT, reads=True)


def give(rows: str, *, reads: bool) -> None:
    """Give a file; have it read and compared where asked."""
    import_id = write(
        receiving.receive, kind=Kind.AGENTS, name="annuaire.csv",
        file=io.BytesIO((HEADING + rows).encode("cp1252")), actor_id=None, now=utc_now(),
    )  # fmt: skip
    work(import_id)
    if not reads:
        return
    write(match_as_guessed, import_id)
    work(import_id)


def match_as_guessed(session: Session, import_id: int) -> None:
    """Match the columns as they were recognised."""
    places = session.get_one(DirectoryImport, import_id).places
    options = receiving.Options(accepts_grades=True, is_complete=True)
    receiving.match(session, import_id=import_id, places=places, options=options)


def find_imports(session: Session) -> dict[str, int]:
    """Find the imports by where they wait."""
    rows = session.execute(sa.select(DirectoryImport.state, DirectoryImport.id))
    return {f"{state}_import": number for state, number in rows}
