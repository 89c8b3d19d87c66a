"""Read a directory file, CSV or XLSX, into rows of text by column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from app.people.search_key import search_key


class UnreadableFileError(Exception):
    """The file is not a table; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number, as the reader's tools show it, and its cells by column."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Give a cell, empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its columns and its rows."""

    columns: tuple[str, ...]
    lines: list[Line]


def read_sheet(content: bytes, *, sheet: str = "") -> Sheet:
    """Read a file's table; ``sheet`` names the one wanted where an XLSX has several."""
    rows = read_xlsx(content, sheet) if content.startswith(b"PK\x03\x04") else read_csv(content)
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not numbered:
        raise UnreadableFileError("the file is empty")
    columns = tuple(column_name(cell) for cell in numbered[0][1])
    doubled = sorted({name for name in columns if name and columns.count(name) > 1})
    if doubled:
        raise UnreadableFileError(f"these columns appear twice: {', '.join(doubled)}")
    lines = [
        Line(number, {name: cell for name, cell in zip(columns, row, strict=False) if name})
        for number, row in numbered[1:]
    ]
    return Sheet(tuple(filter(None, columns)), lines)


def column_name(cell: str) -> str:
    """Fold a heading, so that « Prénom » and « prenom » are one column."""
    return search_key(cell).replace(" ", "_")


def read_csv(content: bytes) -> list[list[str]]:
    """Read CSV text whatever its encoding (UTF-8, UTF-16, cp1252) and separator (; , tab)."""
    text = decode(content)
    heading = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";,\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UnreadableFileError(f"this CSV cannot be read: {error}") from error
    return [[cell.strip() for cell in row] for row in rows]


def decode(content: bytes) -> str:
    """Decode as Excel and others save: marked UTF-16, UTF-8, else Windows' Western European."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("its text is neither UTF-8, UTF-16 nor Windows-1252")


def read_xlsx(content: bytes, sheet: str) -> list[list[str]]:
    """Read a sheet of a workbook: the one of this name, else the first."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = {column_name(name): name for name in workbook.sheet_names}
        name = names.get(sheet, workbook.sheet_names[0])
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError) as error:
        raise UnreadableFileError(f"this workbook cannot be read: {error}") from error
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: object) -> str:
    """Write a cell as its column would be typed: whole numbers without a point, ISO dates."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
