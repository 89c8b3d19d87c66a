"""A trainer at the text of a draft, in a browser."""

from __future__ import annotations

import time
from itertools import count

import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from app.studio.models import DraftRevision
from app.studio.queries.drafts import list_texts
from tests.e2e.browser import Reader
from tests.e2e.record import Record

TRAINER = "demo-formateur"
NUMBERS = count(1)


class Desk:
    """A trainer who has just begun a module and opened its text."""

    def __init__(self, reader: Reader, record: Record) -> None:
        self.reader, self.record = reader, record
        reader.has_cookie(record.cookie(TRAINER))
        reader.expected.append("503")  # On a busy machine the preview beside may have to wait.
        self.page = reader.page()
        self.slug = f"cadeaux-{next(NUMBERS)}"  # The tests that share a server share its drafts.
        begin(self.page, self.slug)
        self.draft_id = int(self.page.url.rsplit("/", 1)[-1])
        self.page.get_by_role("link", name="Module", exact=True).click()

    def text(self) -> str:
        """Read the text as the database has it."""
        with self.record.session() as session:
            rows = list_texts(session, self.draft_id)
            return next(row.text or "" for row in rows if row.path == "module.md")

    def every_text(self) -> set[str]:
        """Read all that was ever saved."""
        with self.record.session() as session:
            return set(session.scalars(sa.select(DraftRevision.text)))

    def open_editor(self) -> Locator:
        """Wait until the editor stands in the place of the plain field, and saves."""
        expect(self.page.locator("form[data-writing] [name=page]")).not_to_have_value("")
        return editor(self.page)


def begin(page: Page, slug: str) -> None:
    """Begin a module from the template."""
    page.goto("/formateur/brouillons/nouveau")
    page.get_by_label("Nom court").fill(slug)
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("heading", name="Textes", exact=True)).to_be_visible()


def editor(page: Page) -> Locator:
    """Find the editor, once it is there."""
    found = page.get_by_role("textbox", name="Texte")
    expect(found).to_be_visible()
    expect(page.locator(".cm-content")).to_be_visible()
    return found


def write(page: Page, text: str) -> None:
    """Put a text in the editor in place of what is there."""
    editor(page).press("Control+a")
    page.keyboard.insert_text(text)


def type_at_end(page: Page, text: str) -> None:
    """Type at the end of the text."""
    editor(page).press("Control+End")
    page.keyboard.type(text)


def wait_until(page: Page, told: str) -> None:
    """Wait for something that the page says of itself; its policy lets no script of ours wait."""
    deadline = time.monotonic() + 15
    while not page.evaluate(told):
        assert time.monotonic() < deadline, told
        page.wait_for_timeout(50)
