"""A table as a PDF to read and to print, whose text a screen reader follows (PDF/UA-1)."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.certificates.document import in_turn
from app.certificates.naming import drawn_by_the_font, printable
from app.i18n import gettext as _
from app.i18n import show_date, show_difference, show_number, show_percent
from app.statistics.figures import Share
from app.statistics.grids import Cell, Grid, Kind

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("printed.typ")
STANDARDS: list[typst.PDFStandard] = ["ua-1"]


def make_pdf(grid: Grid, *, language: str, organisation: str, made_at: datetime) -> bytes:
    """Make the PDF of a table; raises `TooManyDocumentsError` when its turn does not come."""
    values = {
        "language": language,
        "organisation": draw(organisation),
        "title": draw(grid.title),
        "caption": draw(grid.caption),
        "statements": [draw(text) for text in grid.statements],
        "columns": [{"label": draw(one.label), "numeric": one.numeric} for one in grid.columns],
        "lines": [
            [draw(show(cell, column.kind))
             for cell, column in zip(line.cells, grid.columns, strict=True)]
            for line in grid.lines
        ],
    }  # fmt: skip
    import typst  # Heavy: a process that makes no document does without.

    with in_turn():
        pdf = typst.compile(
            template(), format="pdf", ignore_system_fonts=True, pdf_standards=STANDARDS,
            sys_inputs={"table": json.dumps(values, ensure_ascii=False)},
            timestamp=int(made_at.timestamp()),
        )  # fmt: skip
    assert isinstance(pdf, bytes)
    return pdf


def draw(text: str) -> str:
    """Write a text with what the font draws."""
    return drawn_by_the_font(printable(text))


def show(cell: Cell, kind: Kind) -> str:
    """Write a cell as the screen shows it."""
    if cell is None:
        return "–" if kind is Kind.POINTS else _("non montré")
    if isinstance(cell, float):
        return show_difference(cell)
    if isinstance(cell, Share):
        if kind is Kind.SHARE:
            return show_percent(cell.part, cell.whole)
        part, whole = show_number(cell.part), show_number(cell.whole)
        return _("%(part)s sur %(whole)s", part=part, whole=whole)
    if kind is Kind.DAY and not isinstance(cell, str | int):
        return show_date(cell)
    return show_number(cell) if isinstance(cell, int) else str(cell)


@cache
def template() -> bytes:
    """Read the template once."""
    return TEMPLATE.read_bytes()
