"""Read the sheet of an XLSX workbook as a stream."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.people.directory.archive import Attributes, Reading, bare_attributes, unzip
from app.people.directory.limits import MOST_SHARED, TEXT_COST
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.directory.table import Line, Table, column_name, make_table
from app.people.directory.xlsx_cells import CellReader

BOOK = "xl/workbook.xml"
DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""The formats of days that a workbook need not define."""
LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What a number format shows as it is: it says nothing of days."""


@dataclass(slots=True)
class Book:
    """What the workbook says of its sheets."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """Name and id of each sheet that shows."""
    counts_from_1904: bool = False


def open_xlsx(archive: zipfile.ZipFile, wanted: str) -> Table:
    """Read the sheet of this name, else the first, and its headings."""
    book = read_book(archive)
    if not book.sheets:
        raise UnreadableFileError(Problem.FILE_EMPTY)
    named = {column_name(name): (name, key) for name, key in book.sheets}
    name, key = named.get(wanted, book.sheets[0])
    cells = CellReader(
        read_shared(archive), read_day_styles(archive), from_1904=book.counts_from_1904
    )
    path = read_targets(archive).get(key, "xl/worksheets/sheet1.xml")
    return make_table(read_sheet(archive, path, cells), sheet=name)


def read_book(archive: zipfile.ZipFile) -> Book:
    """List the sheets that show, and tell from when days are counted."""
    book = Book()

    def start(name: str, attributes: Attributes) -> None:
        told = bare_attributes(attributes)
        if name == "sheet" and told.get("state", "visible") == "visible":
            book.sheets.append((told.get("name", ""), told.get("id", "")))
        elif name == "workbookPr":
            book.counts_from_1904 = told.get("date1904", "0") in {"1", "true"}

    Reading(start, ignore).read(unzip(archive, BOOK))
    return book


def read_targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map the ids of sheets to the parts that hold them."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[attributes.get("Id", "")] = posixpath.normpath(path)

    Reading(start, ignore).read(unzip(archive, "xl/_rels/workbook.xml.rels"))
    return targets


def read_day_styles(archive: zipfile.ZipFile) -> list[bool]:
    """Tell of each style of cells whether it shows a number as a day."""
    formats: dict[int, bool] = {}
    styles: list[bool] = []
    inside = [""]

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            shown = LITERAL.sub("", attributes.get("formatCode", "").lower())
            formats[int(attributes.get("numFmtId", 0))] = "y" in shown or "d" in shown
        elif name in {"cellXfs", "cellStyleXfs"}:
            inside[0] = name
        elif name == "xf" and inside[0] == "cellXfs":
            number = int(attributes.get("numFmtId", 0))
            styles.append(formats.get(number, number in DAY_FORMATS))

    if "xl/styles.xml" in archive.namelist():
        try:
            Reading(start, ignore).read(unzip(archive, "xl/styles.xml"))
        except ValueError as error:
            raise UnreadableFileError(Problem.WORKBOOK_BROKEN) from error
    return styles


def read_shared(archive: zipfile.ZipFile) -> list[str]:
    """Read the texts that cells share; phonetic guides are left out."""
    texts: list[str] = []
    parts: list[str] = []
    depth = {"t": 0, "rPh": 0}
    size = [0]

    def start(name: str, _attributes: Attributes) -> None:
        if name in depth:
            depth[name] += 1
        elif name == "si":
            parts.clear()

    def end(name: str) -> None:
        if name in depth:
            depth[name] -= 1
        elif name == "si":
            texts.append("".join(parts))
            size[0] += TEXT_COST + len(texts[-1])
            if size[0] > MOST_SHARED:
                raise UnreadableFileError(Problem.WORKBOOK_SWELLS)

    def text(piece: str) -> None:
        if depth["t"] and not depth["rPh"]:
            parts.append(piece)

    if "xl/sharedStrings.xml" in archive.namelist():
        Reading(start, end, text).read(unzip(archive, "xl/sharedStrings.xml"))
    return texts


def read_sheet(archive: zipfile.ZipFile, path: str, cells: CellReader) -> Iterator[Line]:
    """Read the rows of a sheet, piece by piece."""
    reading = Reading(cells.start, cells.end, cells.text)
    for _ in reading.feed(unzip(archive, path)):
        yield from cells.take()


def ignore(_name: str) -> None:
    """Pass over an end."""
