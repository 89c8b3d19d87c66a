"""Stage what the rows of a file say, before anything is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import take_stock
from app.people.directory.cells import Reader
from app.people.directory.columns import Kind
from app.people.directory.limits import MOST_UNITS
from app.people.directory.problems import Mistake, Problem, UnreadableFileError
from app.people.directory.rows import Grades, PersonRow, UnitRow, read_person, read_unit
from app.people.directory.table import Line
from app.people.directory.unit_plan import merge
from app.people.import_models import DirectoryImport, ImportRow, ImportUnit
from app.people.import_states import State
from app.people.models import Assignment
from app.people.search_key import search_key
from app.people.services.imports.bulk import insert_many
from app.people.services.imports.findings import add_mistakes

ROW = tuple(column.name for column in ImportRow.__table__.columns)
UNIT = tuple(column.name for column in ImportUnit.__table__.columns)
SHOWN_GRADES = 50
"""New grades of which a person is told before they accept them."""


@dataclass(slots=True)
class Batch:
    """Rows read together: what is to be staged, and what is wrong."""

    last_line: int = 0
    count: int = 0
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


class Stage:
    """Reads lines into rows to stage; units are gathered until the end, the rest is not kept."""

    def __init__(self, import_id: int, kind: Kind, take: Reader, grades: Grades) -> None:
        self.import_id, self.kind, self.take, self.grades = import_id, kind, take, grades
        self.units: dict[str, UnitRow] = {}

    def read(self, lines: Sequence[Line]) -> Batch:
        """Read some lines."""
        batch = Batch(lines[-1].number, len(lines))
        for line in lines:
            if self.kind is Kind.AGENTS:
                person = read_person(self.take, line, self.grades)
                unit = person.unit
                batch.rows.append(self.staged(person))
            else:
                unit = read_unit(self.take, line)
            batch.mistakes += self.take.mistakes
            if self.kind is Kind.UNITS or tells_something(unit):
                batch.mistakes += self.gather(unit)
        return batch

    def gather(self, unit: UnitRow) -> list[Mistake]:
        """Add a row to what is told of its unit."""
        if not unit.code:
            return []
        first = self.units.setdefault(unit.code, unit)
        if first is unit:
            if len(self.units) > MOST_UNITS:
                raise UnreadableFileError(Problem.TOO_MANY_UNITS, str(MOST_UNITS), unit.line)
            return []
        self.units[unit.code], mistakes = merge(first, unit)
        return mistakes

    def staged(self, row: PersonRow) -> tuple[Any, ...]:
        """Write a row as its table keeps it."""
        return (
            self.import_id, row.line, row.matricule, row.key, row.given_name, row.family_name,
            search_key(row.family_name, row.given_name, row.matricule), row.email, row.language,
            row.unit.code, row.corps, row.grade, row.category, row.arrived_on, row.since,
            row.leaves_on,
        )  # fmt: skip


def tells_something(unit: UnitRow) -> bool:
    """Tell whether a row says more of its unit than the code."""
    return bool(unit.name or unit.kind or unit.parent_code or unit.specialty)


def known_grades(session: Session) -> frozenset[tuple[str, str]]:
    """List the grades that someone holds or has held, each with its corps."""
    pairs = session.execute(sa.select(Assignment.corps, Assignment.grade).distinct())
    return frozenset((corps, grade) for corps, grade in pairs)


def stage_batch(session: Session, row: DirectoryImport, batch: Batch) -> None:
    """Keep the rows of a batch."""
    insert_many(session, ImportRow, ROW, batch.rows)
    add_mistakes(session, row, batch.mistakes)
    row.position, row.row_count = batch.last_line, row.row_count + batch.count
    row.expected_rows = max(row.expected_rows, batch.last_line)


def finish_reading(
    session: Session, row: DirectoryImport, units: dict[str, UnitRow],
    grades: Counter[tuple[str, str]],
) -> None:  # fmt: skip
    """Keep what was gathered over the whole file; checking comes next."""
    insert_many(
        session,
        ImportUnit,
        UNIT,
        [
            (
                row.id, unit.code, unit.line, unit.name, unit.kind, unit.parent_code,
                unit.specialty, unit.opened_on, unit.closed_on, unit.merged_into_code,
            )
            for unit in units.values()
        ],
    )  # fmt: skip
    take_stock(session, ImportRow, ImportUnit)
    row.counts = {
        "grades": [[*pair, count] for pair, count in sorted(grades.items())[:SHOWN_GRADES]]
    }
    row.expected_rows = row.position
    row.state, row.position = State.CHECKING, 0
