"""What goes wrong in the middle of the quiz: what the page called saved is there, and once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from app.certificates.models import Certificate
from app.demo.accounts import PASSWORD
from app.dialect import items
from app.learning.models import Completion
from tests.e2e import officer
from tests.e2e.browser import Reader
from tests.e2e.conftest import OpenReader
from tests.e2e.filling import answer_question, read_given, two_answers, wait_given
from tests.e2e.record import OFFICER, Record
from tests.servers import Server

pytestmark = pytest.mark.browser
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


@pytest.fixture
def quiz(reader: OpenReader, record: Record) -> Quiz:
    """Bring the demonstration's officer to the first question."""
    return Quiz(reader(), record)


def test_the_network_is_cut(quiz: Quiz) -> None:
    quiz.reader.expected += LOST
    quiz.choose(quiz.page, 0)
    quiz.reader.context.set_offline(True)
    quiz.pick(quiz.page, 1)
    expect(quiz.page.locator(".saved")).to_contain_text("En attente du réseau")
    quiz.reader.context.set_offline(False)
    quiz.wait_saved(quiz.page)
    quiz.check()


def test_the_acknowledgement_is_lost(quiz: Quiz) -> None:
    quiz.reader.expected += LOST
    lost = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    quiz.page.route("**/reponses/*", lose_first)
    quiz.choose(quiz.page, 0)
    assert lost == [200]
    quiz.check()


def test_the_session_expires(quiz: Quiz) -> None:
    quiz.reader.expected.append("401")
    quiz.choose(quiz.page, 0)
    question = quiz.page.url
    quiz.record.end_sessions()
    quiz.pick(quiz.page, 1)
    dialog = quiz.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Matricule").fill(OFFICER)
    dialog.get_by_label("Mot de passe").fill(PASSWORD)
    dialog.get_by_role("button", name="Se connecter").click()
    quiz.wait_saved(quiz.page)
    expect(dialog).to_be_hidden()
    assert quiz.page.url == question
    quiz.check()


def test_the_server_is_killed(quiz: Quiz, server: Server) -> None:
    quiz.reader.expected += LOST
    quiz.choose(quiz.page, 0)
    server.kill()
    quiz.pick(quiz.page, 1)
    expect(quiz.page.locator(".saved")).to_contain_text("En attente du réseau")
    server.start()
    quiz.wait_saved(quiz.page)
    officer.go_on(quiz.page, re.compile("Enregistrer et"))
    quiz.choose(quiz.page, 0)
    quiz.check()


def test_the_tab_is_closed_and_opened_again(quiz: Quiz, server: Server) -> None:
    quiz.reader.expected += LOST
    quiz.choose(quiz.page, 0)
    first = officer.asked_item(quiz.page)
    officer.go_on(quiz.page, re.compile("Enregistrer et"))
    second, address = officer.asked_item(quiz.page), quiz.page.url
    server.kill()
    quiz.pick(quiz.page, 1)
    expect(quiz.page.locator(".saved")).to_contain_text("En attente du réseau")
    quiz.page.close()
    server.start()

    page = quiz.reader.page()
    officer.take_up_quiz(page)
    assert page.url == address, "the question that has no answer yet is the one to take up"
    assert officer.asked_item(page) == second != first
    quiz.wait_given(page, 1)
    quiz.wait_saved(page)
    quiz.check()


def test_two_tabs_answer_and_hand_in(quiz: Quiz) -> None:
    quiz.reader.expected.append("409")
    one, other = quiz.page, quiz.reader.page()
    officer.take_up_quiz(other)
    assert officer.asked_item(one) == officer.asked_item(other)
    quiz.choose(one, 0)
    quiz.choose(other, 1)
    quiz.check()
    first = one.url
    officer.answer_rightly(one, quiz.record)
    officer.hand_in(one)
    assert other.url == first
    quiz.pick(other, 0)
    expect(other.locator(".saved")).to_contain_text("déjà remise")
    assert [attempt.passed for attempt in quiz.record.attempts()] == [True]


def test_back_in_the_middle_changes_an_answer_and_nothing_counts_twice(quiz: Quiz) -> None:
    completed = quiz.record.count(Completion)
    certified = quiz.record.count(Certificate)
    page = quiz.page
    quiz.choose(page, 0)
    officer.go_on(page, re.compile("Enregistrer et"))
    quiz.choose(page, 0)
    page.go_back()
    quiz.wait_given(page, 0)
    quiz.choose(page, 1)
    quiz.check()

    officer.answer_rightly(page, quiz.record)
    officer.hand_in(page)
    page.go_back()
    with page.expect_navigation():
        page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Résultat")
    assert [attempt.passed for attempt in quiz.record.attempts()] == [True]
    assert quiz.record.count(Completion) == completed + 1
    assert quiz.record.count(Certificate) == certified + 1
