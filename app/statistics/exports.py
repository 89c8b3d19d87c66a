"""A table as a file: CSV that spreadsheets open well, XLSX with typed cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.i18n import gettext as _
from app.i18n import write_number
from app.statistics.figures import Share
from app.statistics.grids import Cell, Grid, Kind

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
}
BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets read UTF-8 as something else."""
DANGEROUS = frozenset("=+-@\t\r\n\x00＝＋－＠")


def neutralise(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula."""
    if text[:1].isalnum() and "\x00" not in text:
        return text  # Nearly all: what follows is for the others.
    text = text.replace("\x00", "")
    return f"'{text}" if text[:1] in DANGEROUS or text.lstrip()[:1] in DANGEROUS else text


class Neutral(dict[str, str]):
    """Texts that come back again and again, each neutralised once."""

    def __missing__(self, text: str) -> str:
        self[text] = safe = neutralise(text)
        return safe


def write_lines(lines: Iterable[Iterable[str | int]]) -> str:
    """Write lines of CSV, formulas neutralised."""
    return write_neutral(
        [neutralise(cell) if isinstance(cell, str) else cell for cell in cells] for cells in lines
    )


def write_neutral(lines: Iterable[Iterable[str | int]]) -> str:
    """Write lines of CSV whose texts are neutralised already."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def csv_lines(grid: Grid) -> Iterator[str]:
    """Write a table line by line: what it is, its headings, its rows."""
    heads = [[text] for text in (grid.title, *grid.statements, grid.caption)]
    yield BYTE_ORDER_MARK + write_lines([*heads, [], [column.label for column in grid.columns]])
    for line in grid.lines:
        pairs = zip(line.cells, grid.columns, strict=True)
        yield write_neutral([[write_cell(cell, column.kind) for cell, column in pairs]])


def write_cell(cell: Cell, kind: Kind) -> str | int:
    """Write a cell of CSV: texts are neutralised, and figures that we write stay figures."""
    plain = show_plain(cell, kind)
    return neutralise(plain) if isinstance(cell, str) and isinstance(plain, str) else plain


def show_plain(cell: Cell, kind: Kind) -> str | int:
    """Write a cell as a spreadsheet of the country reads it."""
    if isinstance(cell, Share):
        if kind is Kind.RATIO:
            return _("%(part)s sur %(whole)s", part=cell.part, whole=cell.whole)
        return "" if cell.percent is None else f"{write_tenths(cell.percent)} %"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return write_tenths(cell)
    return "" if cell is None else cell


def write_tenths(number: float) -> str:
    """Write a number to a tenth, rounded as the screen rounds it, with a comma."""
    return write_number(number, "0.0", "fr")


def make_xlsx(grid: Grid) -> bytes:
    """Make a workbook of one sheet: text as text, figures as figures."""
    import xlsxwriter  # Heavy, as what makes documents is.

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet()
        formats = {
            Kind.SHARE: book.add_format({"num_format": "0.0 %"}),
            Kind.COUNT: book.add_format({"num_format": "#,##0"}),
            Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
            Kind.POINTS: book.add_format({"num_format": "+0.0;-0.0;0.0"}),
        }
        bold = book.add_format({"bold": True})
        heads = [grid.title, *grid.statements, grid.caption, ""]
        for number, text in enumerate(heads):
            sheet.write_string(number, 0, text, bold if number == 0 else None)
        for place, column in enumerate(grid.columns):
            sheet.write_string(len(heads), place, column.label, bold)
            sheet.set_column(place, place, 40 if column.kind is Kind.TEXT else 14)
        for number, line in enumerate(grid.lines, start=len(heads) + 1):
            for place, (cell, column) in enumerate(zip(line.cells, grid.columns, strict=True)):
                write_typed(sheet, (number, place), cell, column.kind, formats)
    return content.getvalue()


def write_typed(
    sheet: Any, at: tuple[int, int], cell: Cell, kind: Kind, formats: dict[Kind, Any]
) -> None:
    """Write a cell in its own type; a text is never a formula."""
    if kind is Kind.SHARE and isinstance(cell, Share) and cell.whole:
        sheet.write_number(*at, cell.part / cell.whole, formats[kind])
    elif kind in {Kind.COUNT, Kind.POINTS} and isinstance(cell, int | float):
        sheet.write_number(*at, cell, formats[kind])
    elif kind is Kind.DAY and isinstance(cell, date):
        sheet.write_datetime(*at, cell, formats[kind])
    else:
        sheet.write_string(*at, str(show_plain(cell, kind)).replace("\x00", ""))
