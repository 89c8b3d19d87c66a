"""A table as it is read: its headings at once, its rows as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from app.people.directory.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.search_key import search_key


class WrongCell(str):
    """A cell that holds no text to read: a formula, an error, a tick; told as it shows."""

    __slots__ = ("problem",)
    problem: Problem

    @classmethod
    def of(cls, problem: Problem, text: str) -> WrongCell:
        """Make a wrong cell."""
        cell = cls(text)
        cell.problem = problem
        return cell


class Line(NamedTuple):
    """A row: its number, as the reader's own tools show it, and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows can be read once."""

    headings: tuple[str, ...]
    lines: Iterator[Line]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""


def column_name(heading: str) -> str:
    """Fold a heading, so that « Prénom » and « prenom » are one column."""
    return search_key(heading).replace(" ", "_")


def make_table(lines: Iterable[Line], **told: str) -> Table:
    """Take the first row that holds something as the headings, and keep the others to come."""
    rows = guarded(lines)
    first = next(rows, None)
    if first is None:
        raise UnreadableFileError(Problem.FILE_EMPTY)
    headings = list(first.cells)
    while headings and not headings[-1].strip():
        headings.pop()
    names = [column_name(heading) for heading in headings]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise UnreadableFileError(Problem.COLUMN_TWICE, ", ".join(doubled), first.number)
    return Table(tuple(heading.strip() for heading in headings), rows, **told)


def guarded(lines: Iterable[Line]) -> Iterator[Line]:
    """Leave empty rows out, and refuse what is too wide, too long or too many."""
    for count, line in enumerate(lines):
        if count > MOST_ROWS:
            raise UnreadableFileError(Problem.TOO_MANY_ROWS, str(MOST_ROWS), line.number)
        if len(line.cells) > MOST_COLUMNS:
            wide = f"{len(line.cells)}/{MOST_COLUMNS}"
            raise UnreadableFileError(Problem.TOO_MANY_COLUMNS, wide, line.number)
        if len(max(line.cells, key=len, default="")) > LONGEST_CELL:
            raise UnreadableFileError(Problem.HUGE_CELL, str(LONGEST_CELL), line.number)
        if any(line.cells):
            yield line
