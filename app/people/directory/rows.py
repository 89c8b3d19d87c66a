"""Check each row of a directory file by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.access import Corps
from app.people.directory.cells import Reader, RowError
from app.people.directory.reading import Line, Sheet
from app.people.matricule import matricule_key

CATEGORIES = ("application", "maitrise", "officiers")
LANGUAGES = ("fr", "en")
NEEDED = (
    "matricule", "prenom", "nom", "code_unite", "corps", "grade", "categorie", "arrivee",
)  # fmt: skip
UNITS_NEEDED = ("code_unite",)
Row = TypeVar("Row")
MATRICULE = re.compile(r"[\w .’'/-]{1,50}")
EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]{1,64}@[^@\s<>,;:\"()\[\]]{1,190}")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a row tells it; what is empty stays as it is."""

    line: int
    code: str
    name: str
    kind: str
    parent_code: str
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An agent as a row tells them."""

    line: int
    matricule: str
    key: str
    given_name: str
    family_name: str
    email: str
    language: str
    unit: UnitRow
    corps: str
    grade: str
    category: str
    arrived_on: date
    since: date | None
    """From when the assignment holds; today where the file does not say."""


def read_person(line: Line) -> tuple[PersonRow, list[RowError]]:
    """Read a row about an agent, and all that is wrong with it."""
    take = Reader(line)
    matricule = take.matching("matricule", MATRICULE, "is not letters, digits, spaces or -./'")
    key = matricule_key(matricule)
    if key.startswith("demo-"):
        take.wrong("matricule", "starts with demo-, which is kept for demonstrations")
    arrived_on = take.day("arrivee")
    row = PersonRow(
        line=line.number,
        matricule=matricule,
        key=key,
        given_name=take.text("prenom"),
        family_name=take.text("nom"),
        email=take.matching("courriel", EMAIL, "is not a mail address"),
        language=take.one_of("langue", LANGUAGES, empty=""),
        unit=take_unit(take),
        corps=take.one_of("corps", tuple(Corps)),
        grade=take.text("grade"),
        category=take.one_of("categorie", CATEGORIES),
        arrived_on=arrived_on or date.min,
        since=take.day("depuis", needed=False),
    )
    return row, take.errors


def read_unit(line: Line) -> tuple[UnitRow, list[RowError]]:
    """Read a row about a unit, and all that is wrong with it."""
    take = Reader(line)
    return take_unit(take), take.errors


def take_unit(take: Reader) -> UnitRow:
    """Take the cells about a unit."""
    return UnitRow(
        line=take.line.number,
        code=take.text("code_unite"),
        name=take.text("unite", needed=False),
        kind=take.text("type_unite", needed=False),
        parent_code=take.text("code_parent", needed=False),
        opened_on=take.day("ouverte", needed=False),
        closed_on=take.day("fermee", needed=False),
    )


def read_people(sheet: Sheet) -> tuple[list[PersonRow], list[RowError]]:
    """Read all rows about agents; two rows may not be about one matricule."""
    rows, errors = read_rows(sheet, NEEDED, read_person)
    first: dict[str, int] = {}
    for row in rows:
        if row.key and row.key in first:
            problem = f"is the same as in row {first[row.key]}"
            errors.append(RowError(row.line, "matricule", problem))
        first.setdefault(row.key, row.line)
    return rows, errors


def read_units(sheet: Sheet) -> tuple[list[UnitRow], list[RowError]]:
    """Read all rows about units."""
    return read_rows(sheet, UNITS_NEEDED, read_unit)


def read_rows(
    sheet: Sheet,
    needed: tuple[str, ...],
    read: Callable[[Line], tuple[Row, list[RowError]]],
) -> tuple[list[Row], list[RowError]]:
    """Read every row, once the columns that it takes are there."""
    missing = [
        RowError(1, column, "is not in the file")
        for column in needed
        if column not in sheet.columns
    ]
    if missing:
        return [], missing
    read_all = [read(line) for line in sheet.lines]
    return [row for row, _ in read_all], [error for _, errors in read_all for error in errors]
