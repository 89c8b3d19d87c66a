"""The PDF of a certificate: the same bytes whenever it is made from the same facts."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import segno

from app.certificates.naming import drawn_by_the_font
from app.days import day_of
from app.i18n import write_date

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("document.typ")
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
INK = "#1a2233"
AT_ONCE = 2
"""How many documents a process makes at once: answers to questions come first."""
WAIT_SECONDS = 10
_places = BoundedSemaphore(AT_ONCE)


class TooManyDocumentsError(Exception):
    """The documents asked for before this one take too long."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed, each value as it reads; dates are written in the document's language."""

    language: str
    holder: str
    title: str
    version: str
    minutes: str
    organisation: str
    completed_on: str
    issued_on: str
    valid_until: str
    """Empty when the certificate has no end."""
    by_equivalence: bool
    serial: str
    """In groups, to be read."""
    address: str
    """Where the certificate is verified, also in the QR code."""


def long_date(day: date | datetime | None, language: str) -> str:
    """Write a day in full in Europe/Paris, « 1er » included; nothing when there is none."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day_of(day)
    return write_date(day, language)


def make_pdf(document: Document, made_at: datetime) -> bytes:
    """Make the PDF (PDF/A-2a and PDF/UA-1), dated ``made_at``, in its turn.

    Raises `TooManyDocumentsError` when the turn does not come.
    """
    with in_turn():
        return compile_pdf(document, made_at)


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for a turn to make a document; raises `TooManyDocumentsError` when it does not come."""
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise TooManyDocumentsError
    try:
        yield
    finally:
        _places.release()


def compile_pdf(document: Document, made_at: datetime) -> bytes:
    """Compile the template with the document's values, given as JSON strings only."""
    import typst  # Heavy: a process that makes no document does without.

    values = asdict(document) | {"qr": qr_code(document.address)}
    try:
        return compile_with(values, made_at)
    except typst.TypstError:
        # A character that the font cannot draw is refused by PDF/A; the record keeps it whole.
        for name in ("holder", "title", "organisation"):
            values[name] = drawn_by_the_font(values[name])
        return compile_with(values, made_at)


def compile_with(values: dict[str, object], made_at: datetime) -> bytes:
    """Run typst on the template, with its own fonts only."""
    import typst

    pdf = typst.compile(
        template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"certificate": json.dumps(values, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def template() -> bytes:
    """Read the template once."""
    return TEMPLATE.read_bytes()


def qr_code(address: str) -> str:
    """Draw an address as a QR code, in SVG."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(
        drawing, kind="svg", border=0, dark=INK, xmldecl=False, nl=False
    )
    return drawing.getvalue().decode()
