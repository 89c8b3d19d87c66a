"""A table as an OpenDocument spreadsheet: text as text, figures as figures, no formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from app.statistics.exports import TYPES, show_plain
from app.statistics.figures import Share
from app.statistics.grids import Cell, Grid, Kind

MIME_TYPE = TYPES["ods"]
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.3"><manifest:file-entry manifest:full-path="/"
 manifest:media-type="{MIME_TYPE}"/><manifest:file-entry manifest:full-path="content.xml"
 manifest:media-type="text/xml"/></manifest:manifest>
"""
OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.3"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
<office:automatic-styles><number:percentage-style style:name="percent"><number:number
 number:decimal-places="1" number:min-integer-digits="1"/><number:text> %</number:text>
</number:percentage-style><number:date-style style:name="day"><number:year
 number:style="long"/><number:text>-</number:text><number:month number:style="long"/>
<number:text>-</number:text><number:day number:style="long"/></number:date-style>
<style:style style:name="percent-cell" style:family="table-cell"
 style:data-style-name="percent"/><style:style style:name="day-cell"
 style:family="table-cell" style:data-style-name="day"/></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="1">"""
CLOSING = """</table:table></office:spreadsheet></office:body></office:document-content>
"""


def make_ods(grid: Grid) -> bytes:
    """Make a spreadsheet of one sheet: what it is, its headings, its rows."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        # First and as it is: that is how the kind of the file is recognised.
        book.writestr("mimetype", MIME_TYPE, zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr("content.xml", OPENING + "".join(write_rows(grid)) + CLOSING)
    return content.getvalue()


def write_rows(grid: Grid) -> Iterator[str]:
    """Write the rows of the sheet."""
    for text in (grid.title, *grid.statements, grid.caption, ""):
        yield write_row([write_text(text)])
    yield write_row(write_text(column.label) for column in grid.columns)
    for line in grid.lines:
        pairs = zip(line.cells, grid.columns, strict=True)
        yield write_row(write_cell(cell, column.kind) for cell, column in pairs)


def write_row(cells: Iterable[str]) -> str:
    """Write one row."""
    return f"<table:table-row>{''.join(cells)}</table:table-row>\n"


def write_cell(cell: Cell, kind: Kind) -> str:
    """Write a cell in its own type."""
    if kind is Kind.SHARE and isinstance(cell, Share) and cell.whole:
        value = f'office:value-type="percentage" office:value="{cell.part / cell.whole!r}"'
        return write_value(value, str(show_plain(cell, kind)), "percent-cell")
    if kind in {Kind.COUNT, Kind.POINTS} and isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
        return write_value(value, str(show_plain(cell, kind)))
    if kind is Kind.DAY and isinstance(cell, date):
        value = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        return write_value(value, cell.isoformat(), "day-cell")
    return write_text(str(show_plain(cell, kind)))


def write_text(text: str) -> str:
    """Write a cell of text, without the characters that XML has no place for."""
    kept = "".join(char for char in text if char in "\t\n" or is_character(char))
    return write_value('office:value-type="string"', kept)


def is_character(char: str) -> bool:
    """Tell whether XML may hold a character."""
    code = ord(char)
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def write_value(value: str, text: str, style: str = "") -> str:
    """Write a cell: its typed value, and how it reads."""
    styled = f' table:style-name="{style}"' if style else ""
    return f"<table:table-cell {value}{styled}><text:p>{escape(text)}</text:p></table:table-cell>"
