from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import BoundedSemaphore

import pikepdf
import pypdf
import pytest

from app.certificates import document
from app.certificates.document import Document, TooManyDocumentsError, long_date, make_pdf

ISSUED = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
ADDRESS = "https://exemplarite.example/verifier/0123456789ABCDEFGHJKMNPQRS"
FACTS = Document(
    language="fr",
    holder="Élise Martin-Lefèvre",
    title="Probité, cadeaux et conflits d’intérêts",
    version="3",
    minutes="30",
    organisation="Ministère de démonstration",
    completed_on="23 novembre 2026",
    issued_on="23 novembre 2026",
    valid_until="23 novembre 2029",
    by_equivalence=False,
    serial="0123-4567-89AB-CDEF-GHJK-MNPQ-RS",
    address=ADDRESS,
)


def facts(**values):
    return replace(FACTS, **values)


def text_of(pdf: bytes) -> str:
    """Extract the words of a document, one space between them."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_one_file_is_pdf_a_2a_and_pdf_ua_1_and_tagged():
    with pikepdf.open(io.BytesIO(make_pdf(FACTS, ISSUED))) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Attestation")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        assert len(pdf.pages) == 1
        width, height = (float(side) for side in pdf.pages[0].MediaBox[2:])
        assert (round(width), round(height)) == (842, 595)


def test_the_qr_code_has_a_text_that_gives_the_address():
    with pikepdf.open(io.BytesIO(make_pdf(FACTS, ISSUED))) as pdf:
        texts = [
            str(thing.Alt)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert any(ADDRESS in text for text in texts)


def test_the_document_says_what_was_certified_and_what_it_does_not_replace():
    text = text_of(make_pdf(FACTS, ISSUED))
    for said in (FACTS.holder, "conflits d’intérêts", "Version 3", "23 novembre 2029", ADDRESS,
                 FACTS.serial, FACTS.organisation, "ne remplace pas", "CNFPT"):  # fmt: skip
        assert said in text


def test_the_english_document_is_english():
    text = text_of(make_pdf(facts(language="en", by_equivalence=True, valid_until=""), ISSUED))
    for said in ("Certificate", "recognised as equivalent", "No expiry", "does not replace"):
        assert said in text


@pytest.mark.parametrize(
    "name",
    ["#panic()", "*x* _y_ `z`", r"\u202e \ #(1+1)", "$x$ @ref <label> https://a.example",
     "= Titre // /* note */", '"); #panic() //', "#set page(width: 1pt)", "]#panic()["],
)  # fmt: skip
def test_a_name_is_printed_as_it_is_and_never_run(name):
    text = text_of(make_pdf(facts(holder=name, title=name, organisation=name), ISSUED))
    assert text.count(name) == 3


def test_the_same_facts_give_the_same_bytes():
    assert make_pdf(FACTS, ISSUED) == make_pdf(FACTS, ISSUED)
    assert make_pdf(FACTS, ISSUED) != make_pdf(facts(version="4"), ISSUED)


def test_a_character_that_the_font_lacks_does_not_stop_the_document():
    assert "Anna ?" in text_of(make_pdf(facts(holder="Anna 李"), ISSUED))


def test_long_names_and_titles_stay_on_one_page():
    long = facts(holder="Jean-Baptiste de La Rochefoucauld " * 4, title="Un très long titre " * 20)
    with pikepdf.open(io.BytesIO(make_pdf(long, ISSUED))) as pdf:
        assert len(pdf.pages) == 1


def test_a_document_that_cannot_have_its_turn_is_refused(monkeypatch):
    monkeypatch.setattr(document, "_places", BoundedSemaphore(1))
    monkeypatch.setattr(document, "WAIT_SECONDS", 0.01)
    with document._places, pytest.raises(TooManyDocumentsError):
        make_pdf(FACTS, ISSUED)


def test_days_are_written_in_the_language_of_the_document():
    first = date(2027, 6, 1)
    assert long_date(first, "fr") == "1er juin 2027"
    assert long_date(first, "en") == "1 June 2027"
    assert long_date(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "fr") == "1er janvier 2027"
    assert long_date(None, "fr") == ""
