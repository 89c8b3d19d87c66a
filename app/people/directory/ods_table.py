"""Read the sheet of an ODS workbook as a stream."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from app.people.directory.archive import Attributes, Reading, bare_attributes, unzip
from app.people.directory.limits import MOST_COLUMNS, MOST_ROWS
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.directory.table import Line, Table, WrongCell, column_name, make_table
from app.people.directory.xlsx_cells import whole

BREAKS = {"s": " ", "tab": " ", "line-break": " "}


def open_ods(archive: zipfile.ZipFile, wanted: str) -> Table:
    """Read the sheet of this name, else the first, and its headings."""
    names = list_sheets(archive)
    if not names:
        raise UnreadableFileError(Problem.FILE_EMPTY)
    folded = [column_name(name) for name in names]
    place = folded.index(wanted) if wanted in folded else 0
    return make_table(read_sheet(archive, place), sheet=names[place])


def list_sheets(archive: zipfile.ZipFile) -> list[str]:
    """List the names of the sheets, by a first reading that keeps nothing else."""
    names: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "table":
            names.append(bare_attributes(attributes).get("name", ""))

    Reading(start, lambda _name: None).read(unzip(archive, "content.xml"))
    return names


def read_sheet(archive: zipfile.ZipFile, place: int) -> Iterator[Line]:
    """Read the rows of a sheet, piece by piece."""
    cells = CellReader(place)
    reading = Reading(cells.start, cells.end, cells.text)
    for _ in reading.feed(unzip(archive, "content.xml")):
        yield from cells.take()


class CellReader:
    """Hears the elements of a workbook in their order, and keeps the rows of one sheet."""

    def __init__(self, sheet: int) -> None:
        self.sheet, self.current = sheet, -1
        self.rows: list[tuple[int, int, list[str]]] = []
        """First number, how many times, cells."""
        self.number, self.repeated = 0, 1
        self.cells = list[str]()
        self.told: Attributes = {}
        self.parts: list[str] = []
        self.paragraphs, self.notes = 0, 0

    def take(self) -> Iterator[Line]:
        """Give the rows that are whole, once; one that is repeated is not multiplied before."""
        rows, self.rows = self.rows, []
        for first, repeated, cells in rows:
            for number in range(first, first + repeated):
                yield Line(number, cells)

    def start(self, name: str, attributes: Attributes) -> None:
        """Hear that an element begins."""
        if name == "table":
            self.current += 1
        elif name == "annotation":
            self.notes += 1
        elif self.current != self.sheet or self.notes:
            return
        elif name == "table-row":
            repeated = bare_attributes(attributes).get("number-rows-repeated", "1")
            self.repeated, self.cells = max(whole(repeated), 1), []
        elif name in {"table-cell", "covered-table-cell"}:
            self.told = bare_attributes(attributes)
            self.parts.clear()
        elif name == "p":
            self.paragraphs += 1
            self.parts.append(" " if self.parts else "")
        elif name in BREAKS:
            self.parts.append(BREAKS[name])

    def end(self, name: str) -> None:
        """Hear that an element ends."""
        if name == "annotation":
            self.notes -= 1
        elif self.current != self.sheet or self.notes:
            return
        elif name == "p":
            self.paragraphs -= 1
        elif name in {"table-cell", "covered-table-cell"}:
            self.add_cell()
        elif name == "table-row":
            self.add_rows()

    def text(self, piece: str) -> None:
        """Hear a piece of text."""
        if self.paragraphs and not self.notes:
            self.parts.append(piece)

    def add_cell(self) -> None:
        """Add a cell as many times as it stands; empty ones at the end are not kept."""
        text = self.read()
        repeated = max(whole(self.told.get("number-columns-repeated", "1")), 1)
        if text and len(self.cells) + repeated > MOST_COLUMNS:
            wide = f"{len(self.cells) + repeated}/{MOST_COLUMNS}"
            raise UnreadableFileError(Problem.TOO_MANY_COLUMNS, wide, self.number + 1)
        self.cells += [text] * min(repeated, MOST_COLUMNS - len(self.cells))

    def add_rows(self) -> None:
        """Add a row as many times as it stands; empty ones are only counted."""
        if any(self.cells):
            if self.repeated > MOST_ROWS:
                raise UnreadableFileError(Problem.TOO_MANY_ROWS, str(MOST_ROWS), self.number + 1)
            self.rows.append((self.number + 1, self.repeated, self.cells))
        self.number += self.repeated

    def read(self) -> str:
        """Write a cell as one would type it."""
        told, text = self.told, "".join(self.parts).strip()
        kind = told.get("value-type", "string")
        if told.get("formula"):
            return WrongCell.of(Problem.FORMULA, text)
        if kind == "boolean":
            return WrongCell.of(Problem.NOT_TEXT, text)
        if kind == "date":
            return told.get("date-value", "")[:10]
        if kind in {"float", "percentage", "currency"}:
            return write_number(told.get("value", text))
        return text


def write_number(text: str) -> str:
    """Write a number without a useless point."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text
