"""The loop: an officer learns, passes, holds a certificate; anyone verifies it; HR sees it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from app.certificates.models import Certificate
from app.learning.models import Completion
from tests.e2e import officer
from tests.e2e.browser import Reader
from tests.e2e.conftest import OpenReader
from tests.e2e.filling import answer_question, two_answers
from tests.e2e.record import SLUG, Record
from tests.servers import Server

pytestmark = pytest.mark.browser


def test_by_another_host_name_one_signs_in_and_answers_are_saved(
    browser: Browser, server: Server, record: Record
) -> None:
    # Plain http on a name: no Secure cookie, no crypto.randomUUID.
    reader = Reader(browser, f"http://station.example:{server.port}")
    reader.expected.append("Cross-Origin-Opener-Policy")  # Ignored there, and said to be.
    page = reader.page()
    officer.sign_in(page, "Inès Carpentier")
    assert page.evaluate("isSecureContext") is False
    record.student().read_all()
    officer.start_quiz(page)
    item, order = record.asked()[officer.asked_item(page)]
    answer_question(page, item, two_answers(page, item, order)[0], order)
    expect(page.locator(".saved")).to_contain_text("Enregistré à")
    (attempt,) = record.attempts()
    assert len(record.answers(attempt.id)) == 1
    reader.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_officer_goes_from_the_first_step_to_a_certificate_that_counts(
    reader: OpenReader, record: Record, *, scripts: bool
) -> None:
    hr = reader(java_script_enabled=scripts).page()
    officer.sign_in(hr, "Thomas Béranger")
    before, asked = officer.take_snapshot(hr)
    completed, certified = record.count(Completion), record.count(Certificate)

    page = reader(java_script_enabled=scripts).page()
    officer.sign_in(page, "Inès Carpentier")
    officer.read_module(page)
    officer.start_quiz(page)
    officer.answer_rightly(page, record)
    officer.hand_in(page)
    expect(page.locator("main")).to_contain_text("Évaluation réussie")
    officer.go_on(page, "Voir mon attestation")
    check_document(page)

    signed_out = reader(java_script_enabled=scripts).page()
    address = page.locator("main table a[href^='/verifier/']").first.get_attribute("href")
    signed_out.goto(str(address))
    expect(signed_out.locator("main")).to_contain_text("Inès Carpentier")
    expect(signed_out.locator(".alert--success")).to_be_visible()

    assert officer.take_snapshot(hr) == (before + 1, asked)
    assert (record.count(Completion), record.count(Certificate)) == (completed + 1, certified + 1)
    assert [attempt.passed for attempt in record.attempts()] == [True]


def check_document(page: Page) -> None:
    """Download the latest certificate, which stands first, and read it as a PDF."""
    with page.expect_download() as waiting:
        page.locator("main table a[href$='.pdf']").first.click()
    content = Path(waiting.value.path()).read_bytes()
    assert SLUG in waiting.value.suggested_filename
    with pikepdf.open(BytesIO(content)) as document:
        assert len(document.pages) == 1
        assert str(document.Root.Lang).startswith("fr")
