"""An officer in the middle of a quiz, and what the page called saved."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.dialect import items
from tests.e2e import officer
from tests.e2e.browser import Reader
from tests.e2e.filling import answer_question, read_given, two_answers, wait_given
from tests.e2e.record import Record

SAVED = re.compile(r"Enregistré à \d\d:\d\d")
LOST = ("net::ERR", "Failed to load resource")


class Quiz:
    """An officer who has read everything and has just opened an attempt."""

    def __init__(self, reader: Reader, record: Record) -> None:
        self.reader, self.record = reader, record
        record.student().read_all()
        reader.has_cookie(record.cookie())
        self.page = reader.page()
        officer.start_quiz(self.page)
        self.asked = record.asked()
        self.answers: dict[str, tuple[object, object]] = {}
        """Two answers to each question seen, by item."""
        self.said: list[tuple[str, object]] = []
        """(item, value) of each answer that the page called saved."""

    def choose(self, page: Page, rank: int) -> None:
        """Give one of two answers and wait until the page says that it is saved."""
        self.pick(page, rank)
        self.wait_saved(page)

    def pick(self, page: Page, rank: int) -> None:
        """Give one of two answers to the question of the page, whatever its type."""
        item, order = self.asked[officer.asked_item(page)]
        if item.id not in self.answers:
            self.answers[item.id] = two_answers(page, item, order)
        answer_question(page, item, self.answers[item.id][rank], order)

    def wait_saved(self, page: Page) -> None:
        """Wait until the page says that the answer is saved."""
        expect(page.locator(".saved")).to_have_text(SAVED, timeout=30_000)
        item, order = self.asked[officer.asked_item(page)]
        self.said.append((item.id, read_given(page, item, order)))

    def wait_given(self, page: Page, rank: int) -> None:
        """Wait until one of the two answers stands on the page."""
        item, order = self.asked[officer.asked_item(page)]
        wait_given(page, item, self.answers[item.id][rank], order)

    def check(self) -> None:
        """Compare what is in the database with what was called saved.

        An answer of several fields may have been saved on its way, field by field.
        """
        (attempt,) = self.record.attempts()
        answers = self.record.answers(attempt.id)
        at_once = {item.id for item, _order in self.asked.values() if len(items.fields(item)) < 2}
        in_turn = iter(answers)
        assert all(one in in_turn for one in self.said)
        assert [one for one in answers if one[0] in at_once] == [
            one for one in self.said if one[0] in at_once
        ]
        assert answers[-1] == self.said[-1]
