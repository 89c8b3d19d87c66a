"""Check each row of a directory file by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.access import Corps
from app.people.directory.cells import Reader
from app.people.directory.problems import Problem
from app.people.directory.table import Line
from app.people.matricule import matricule_key

CATEGORIES = ("application", "maitrise", "officiers")
LANGUAGES = ("fr", "en")
MOST_GRADES = 5_000
NOWHERE = date(1900, 1, 1)
"""Stands for a day that could not be read, in a row that is refused."""
MATRICULE = re.compile(r"[\w .’'/-]{1,50}")
EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]{1,64}@[^@\s<>,;:\"()\[\]]{1,190}")
CORPS = tuple(corps.value for corps in Corps)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a row tells it; what is empty stays as it is."""

    line: int
    code: str
    name: str = ""
    kind: str = ""
    parent_code: str = ""
    specialty: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    merged_into_code: str = ""


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
    """From when the assignment holds; the day of the import where the file does not say."""
    leaves_on: date | None
    """The first day on which the agent is no longer there."""


@dataclass(slots=True)
class Grades:
    """The grades known of each corps, and those that the file brings."""

    known: frozenset[tuple[str, str]]
    accepts_new: bool
    new: Counter[tuple[str, str]]

    def check(self, take: Reader, corps: str, grade: str) -> None:
        """Note a grade that is not known; it is wrong unless new ones were accepted."""
        if (corps, grade) in self.known or not grade or corps not in CORPS:
            return
        if (corps, grade) in self.new or len(self.new) < MOST_GRADES:
            self.new[corps, grade] += 1
        if not self.accepts_new:
            take.wrong("grade", Problem.UNKNOWN_GRADE, f"{corps} {grade}")


def read_person(take: Reader, line: Line, grades: Grades) -> PersonRow:
    """Read a row about an agent; the reader notes all that is wrong with it."""
    take.turn_to(line)
    problem = Problem.NOT_A_MATRICULE
    matricule = take.matching("matricule", MATRICULE, problem, needed=True)
    key = matricule_key(matricule)
    if key.startswith(("demo-", "erased-")):
        take.wrong("matricule", Problem.RESERVED, matricule)
    arrived_on, leaves_on = take.day("arrivee"), take.day("depart", needed=False)
    if arrived_on and leaves_on and leaves_on <= arrived_on:
        take.wrong("depart", Problem.BEFORE_ARRIVAL, leaves_on.isoformat())
    corps, grade = take.one_of("corps", CORPS), take.text("grade")
    grades.check(take, corps, grade)
    return PersonRow(
        line=line.number,
        matricule=matricule,
        key=key,
        given_name=take.text("prenom"),
        family_name=take.text("nom"),
        email=take.matching("courriel", EMAIL, Problem.NOT_A_MAIL, needed=False),
        language=take.one_of("langue", LANGUAGES, needed=False),
        unit=take_unit(take),
        corps=corps,
        grade=grade,
        category=take.one_of("categorie", CATEGORIES),
        arrived_on=arrived_on or NOWHERE,
        since=take.day("depuis", needed=False),
        leaves_on=leaves_on,
    )


def read_unit(take: Reader, line: Line) -> UnitRow:
    """Read a row about a unit; the reader notes all that is wrong with it."""
    take.turn_to(line)
    return take_unit(take)


def take_unit(take: Reader) -> UnitRow:
    """Take the cells about a unit, those of the columns that the file has."""
    told = take.places
    return UnitRow(
        take.number,
        take.text("code_unite"),
        optional(take, "unite", told),
        optional(take, "type_unite", told),
        optional(take, "code_parent", told),
        optional(take, "filiere", told),
        take.day("ouverte", needed=False) if "ouverte" in told else None,
        take.day("fermee", needed=False) if "fermee" in told else None,
        optional(take, "fusionnee_dans", told),
    )


def optional(take: Reader, column: str, told: Mapping[str, int]) -> str:
    """Take a text that may be missing."""
    return take.text(column, needed=False) if column in told else ""
