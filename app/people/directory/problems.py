"""What can be wrong with a directory file: closed codes, said in words elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """What is wrong with a cell, a row or a whole file."""

    # The file as a whole.
    FILE_EMPTY = "file_empty"
    ENCODING = "encoding"
    CSV_BROKEN = "csv_broken"
    WORKBOOK_BROKEN = "workbook_broken"
    WORKBOOK_LOCKED = "workbook_locked"
    WORKBOOK_SWELLS = "workbook_swells"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_UNITS = "too_many_units"
    HUGE_CELL = "huge_cell"
    COLUMN_TWICE = "column_twice"
    COLUMN_MISSING = "column_missing"
    # A cell by itself.
    EMPTY = "empty"
    TOO_LONG = "too_long"
    INVISIBLE = "invisible"
    FORMULA = "formula"
    NOT_TEXT = "not_text"
    NOT_ONE_OF = "not_one_of"
    NOT_A_DAY = "not_a_day"
    NOT_A_MATRICULE = "not_a_matricule"
    RESERVED = "reserved"
    NOT_A_MAIL = "not_a_mail"
    UNKNOWN_GRADE = "unknown_grade"
    BEFORE_ARRIVAL = "before_arrival"
    # A row among the others and what is known.
    DUPLICATE = "duplicate"
    UNKNOWN_UNIT = "unknown_unit"
    CLOSED_UNIT = "closed_unit"
    BEFORE_CURRENT = "before_current"
    IN_FUTURE = "in_future"
    # A unit in the tree.
    UNIT_UNNAMED = "unit_unnamed"
    UNIT_DIFFERS = "unit_differs"
    UNKNOWN_PARENT = "unknown_parent"
    LOOP = "loop"
    CLOSES_TOO_SOON = "closes_too_soon"
    STILL_STAFFED = "still_staffed"
    STILL_ABOVE = "still_above"
    UNKNOWN_TARGET = "unknown_target"
    MERGED_INTO_ITSELF = "merged_into_itself"


class UnreadableFileError(Exception):
    """The file is not a table that can be read; the problem says why."""

    def __init__(self, problem: Problem, detail: str = "", line: int = 0) -> None:
        super().__init__(problem.value)
        self.problem, self.detail, self.line = problem, detail, line


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong, at a row and a column of the file."""

    line: int
    column: str
    problem: Problem
    detail: str = ""
