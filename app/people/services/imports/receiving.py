"""Receive a directory file, match its columns, confirm it or give it up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.directory.columns import COLUMNS, Kind, guess_places, missing_columns, shape_of
from app.people.directory.problems import Mistake, UnreadableFileError
from app.people.directory.table import Table
from app.people.import_models import DirectoryImport, ImportMistake, ImportPart
from app.people.import_states import OVER, UNDER_APPLICATION, State
from app.people.services.imports.findings import add_mistakes

PART = 1 << 20
SHOWN_ROWS = 3
LONGEST_NAME = 200
LONGEST_SHOWN = 80
FILE_CLOSED = UNDER_APPLICATION | OVER | {State.CLEARING}
"""Where a file can no longer be read otherwise, nor given up."""


class NotNowError(Exception):
    """The import is not where this act makes sense."""


class AnotherAppliesError(Exception):
    """Another import is being applied."""


class ColumnsMissingError(Exception):
    """Columns that are needed have no heading."""

    def __init__(self, columns: list[str]) -> None:
        super().__init__(", ".join(columns))
        self.columns = columns


class LeaversUnconfirmedError(Exception):
    """More agents would leave than is usual, and the person has not said that it is so."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person says of a file beside its columns."""

    accepts_grades: bool = False
    is_complete: bool = False
    below_id: int | None = None


def receive(
    session: Session, *, kind: Kind, name: str, file: BinaryIO, actor_id: int | None,
    now: datetime,
) -> int:  # fmt: skip
    """Keep a file and return the id of its import."""
    digest, size, lines = hashlib.sha256(), 0, 0
    row = DirectoryImport(
        kind=kind, state=State.OPENING, actor_id=actor_id, created_at=now,
        file_name=name[-LONGEST_NAME:], file_size=0, file_sha256="",
    )  # fmt: skip
    session.add(row)
    session.flush()  # Its parts need its id.
    for number, content in enumerate(pieces(file)):
        digest.update(content)
        size, lines = size + len(content), lines + content.count(b"\n")
        session.execute(
            sa.insert(ImportPart).values(import_id=row.id, number=number, content=content)
        )
    row.file_size, row.file_sha256, row.expected_rows = size, digest.hexdigest(), lines
    note(session, Action.DIRECTORY_FILE_RECEIVED, row, actor_id)
    return row.id


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Cut a file into the parts that are kept."""
    file.seek(0)
    while content := file.read(PART):
        yield content


def show_first(table: Table) -> list[list[str]]:
    """Take the first rows, as much of them as a page shows."""
    shown = zip(range(SHOWN_ROWS), table.lines, strict=False)
    return [[str(cell)[:LONGEST_SHOWN] for cell in line.cells] for _, line in shown]


def keep_headings(
    session: Session, row: DirectoryImport, table: Table, shown: list[list[str]]
) -> None:
    """Remember how a file is written, and match its columns as those of the last one like it."""
    kind = Kind(row.kind)
    row.encoding, row.separator, row.sheet = table.encoding, table.separator, table.sheet
    row.headings, row.shape = list(table.headings), shape_of(kind, table.headings)
    row.preview = shown
    row.places = recall_places(session, row) or guess_places(kind, table.headings)
    row.state = State.MATCHING


def recall_places(session: Session, row: DirectoryImport) -> dict[str, int] | None:
    """Recall how a person matched the columns of the last file of this shape."""
    return session.scalar(
        sa.select(DirectoryImport.places)
        .where(
            DirectoryImport.shape == row.shape,
            DirectoryImport.id != row.id,
            DirectoryImport.state.not_in([State.MATCHING, State.OPENING]),
        )
        .order_by(DirectoryImport.id.desc())
        .limit(1)
    )


def refuse_file(session: Session, row: DirectoryImport, error: UnreadableFileError) -> None:
    """Remember that a file cannot be read, and why: nothing else matters."""
    session.execute(sa.delete(ImportMistake).where(ImportMistake.import_id == row.id))
    row.mistake_count = 0
    add_mistakes(session, row, [Mistake(error.line, "", error.problem, error.detail)])
    row.state = State.REFUSED


def match(session: Session, *, import_id: int, places: Mapping[str, int], options: Options) -> None:
    """Take the columns as a person matched them, and have the file read from its start."""
    row = session.get_one(DirectoryImport, import_id, with_for_update=True)
    if State(row.state) in FILE_CLOSED or not row.headings:
        raise NotNowError
    kind = Kind(row.kind)
    known = {
        column: place
        for column, place in places.items()
        if column in COLUMNS[kind] and 0 <= place < len(row.headings)
    }
    if missing := missing_columns(kind, known):
        raise ColumnsMissingError(missing)
    row.places, row.accepts_grades = known, options.accepts_grades
    row.is_complete = options.is_complete and kind is Kind.AGENTS
    row.below_id = options.below_id if row.is_complete else None
    row.state, row.position, row.worker, row.confirmed = State.READING, 0, "", None
    row.has_moved, row.turn, row.samples = False, None, {}


def confirm(
    session: Session, *, import_id: int, leaving: int | None, guard_percent: int,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Have an import applied as its person saw it; the counts are checked again first.

    ``leaving`` is the number of departures that the person confirmed by itself.
    """
    row = session.get_one(DirectoryImport, import_id, with_for_update=True)
    if row.state != State.READY:
        raise NotNowError
    busy = sa.select(DirectoryImport.id).where(DirectoryImport.turn.is_not(None)).limit(1)
    if session.scalar(busy) is not None:
        raise AnotherAppliesError
    if needs_leave(row.counts, guard_percent) and leaving != row.counts["agents"]["left"]:
        raise LeaversUnconfirmedError
    row.confirmed, row.state, row.position, row.turn = row.counts, State.CHECKING, 0, 1
    row.worker, row.has_moved = "", False
    note(session, Action.DIRECTORY_FILE_CONFIRMED, row, actor_id)


def needs_leave(counts: Mapping[str, Any], guard_percent: int) -> bool:
    """Tell whether so many leave that a person must say that it is so."""
    left = int(counts.get("agents", {}).get("left", 0))
    return left * 100 > guard_percent * int(counts.get("population", 0))


def abandon(session: Session, *, import_id: int, actor_id: int | None, now: datetime) -> None:
    """Give an import up; what is being applied is not stopped half-way."""
    row = session.get_one(DirectoryImport, import_id, with_for_update=True)
    if State(row.state) in FILE_CLOSED:
        raise NotNowError
    row.turn, row.preview, row.samples = None, [], {}
    row.state, row.worker, row.finished_at = State.ABANDONED, "", now
    note(session, Action.DIRECTORY_FILE_ABANDONED, row, actor_id)


def note(session: Session, action: Action, row: DirectoryImport, actor_id: int | None) -> None:
    """Write an act on an import in the journal."""
    record(session, action, actor_id=actor_id, object_kind="import", object_id=row.id,
           digest=row.file_sha256[:16])  # fmt: skip
