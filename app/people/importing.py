"""Works on an import from where it is to where a person must act, one short write at a time."""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.days import day_of
from app.extensions import db
from app.people.directory.cells import Reader
from app.people.directory.columns import Kind
from app.people.directory.problems import UnreadableFileError
from app.people.directory.reading import open_table
from app.people.directory.rows import Grades
from app.people.directory.table import Table
from app.people.import_models import DirectoryImport, ImportMistake, ImportPart
from app.people.import_states import State
from app.people.services.imports import (
    applying,
    checking,
    comparing,
    finishing,
    holding,
    receiving,
    staging,
    units,
)

P = ParamSpec("P")
R = TypeVar("R")
Progress = Callable[[DirectoryImport], object]
AT_ONCE = 5_000
SHEETS = {Kind.AGENTS: "agents", Kind.UNITS: "unites"}


class Work:
    """A process at work on an import; its writes fail once another process has taken over."""

    def __init__(self, import_id: int) -> None:
        self.import_id, self.worker = import_id, secrets.token_hex(8)
        self.today: date = day_of(utc_now())

    def write(
        self, step: Callable[Concatenate[Session, DirectoryImport, P], R],
        *args: P.args, **kwargs: P.kwargs,
    ) -> R:  # fmt: skip
        """Run a step on the import in a write of its own, and say that this process lives."""

        def hold_and_run(session: Session) -> R:
            row = holding.hold(session, import_id=self.import_id, worker=self.worker, now=utc_now())
            return step(session, row, *args, **kwargs)

        return write(hold_and_run)

    def find(self) -> DirectoryImport:
        """Read the import as it is."""
        db.session.close()
        return db.session.get_one(DirectoryImport, self.import_id)


def work(import_id: int, tell: Progress | None = None) -> bool:
    """Work until a person must act, or all is applied; False where another process is at it."""
    job = Work(import_id)
    if not write(holding.take, import_id=import_id, worker=job.worker, now=utc_now()):
        return False
    try:
        while step := STEPS.get(State((row := job.find()).state)):
            if tell:
                tell(row)
            if not step(job):
                break
    finally:
        write(holding.let_go, import_id=import_id, worker=job.worker)
    return True


@contextmanager
def stored_file(import_id: int) -> Iterator[BinaryIO]:
    """Give the file of an import, put together out of its parts."""
    number = 0
    with tempfile.TemporaryFile() as file:
        while content := find_part(import_id, number):
            file.write(content)
            number += 1
        db.session.close()
        yield file


def find_part(import_id: int, number: int) -> bytes | None:
    """Find a part of a file."""
    return db.session.scalar(
        sa.select(ImportPart.content).where(
            ImportPart.import_id == import_id, ImportPart.number == number
        )
    )


def with_table(job: Work, use: Callable[[Table], object]) -> bool:
    """Use the table of an import's file; what cannot be read refuses the whole file."""
    row = job.find()
    try:
        with stored_file(row.id) as file:
            use(open_table(file, sheet=SHEETS[Kind(row.kind)]))
    except UnreadableFileError as error:
        job.write(receiving.refuse_file, error)
    return True


def open_file(job: Work) -> bool:
    """Read the headings, and match them."""

    def use(table: Table) -> None:
        job.write(receiving.keep_headings, table, receiving.show_first(table))

    return with_table(job, use)


def read_file(job: Work) -> bool:
    """Stage the rows; a reading that was cut short begins again."""
    while job.write(finishing.clear_reading):
        pass
    job.write(start_reading)
    row = job.find()

    def use(table: Table) -> None:
        known = staging.known_grades(db.session)
        grades = Grades(known, row.accepts_grades or not known, Counter())
        stage = staging.Stage(row.id, Kind(row.kind), Reader(row.places), grades)
        while lines := list(islice(table.lines, AT_ONCE)):
            job.write(staging.stage_batch, stage.read(lines))
        job.write(staging.finish_reading, stage.units, grades.new)

    return with_table(job, use)


def start_reading(session: Session, row: DirectoryImport) -> None:
    """Forget what an earlier reading found."""
    session.execute(sa.delete(ImportMistake).where(ImportMistake.import_id == row.id))
    row.mistake_count = row.row_count = row.position = 0


def dated(step: Callable[..., Any], *names: str) -> Callable[[Work], bool]:
    """Make a step of a service that asks for today, or for now."""

    def run(job: Work) -> bool:
        known = {"today": job.today, "now": utc_now()}
        job.write(step, **{name: known[name] for name in names})
        return True

    return run


def clear(job: Work) -> bool:
    """Forget the file and its rows."""
    return bool(job.write(finishing.clear_some, now=utc_now()))


STEPS: dict[State, Callable[[Work], bool]] = {
    State.OPENING: open_file,
    State.READING: read_file,
    State.CHECKING: dated(checking.check_rows, "today"),
    State.COMPARING: dated(comparing.compare_some, "today"),
    State.SEEKING: dated(comparing.seek_leavers),
    State.APPLYING_UNITS: dated(units.apply_units, "today"),
    State.APPLYING: dated(applying.apply_some, "today", "now"),
    State.MERGING: dated(units.merge_some, "today"),
    State.LEAVING: dated(applying.leave_some, "today", "now"),
    State.FINISHING: dated(finishing.finish),
    State.CLEARING: clear,
    State.ABANDONED: clear,
}
