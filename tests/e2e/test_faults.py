"""What goes wrong in the middle of the quiz: what the page called saved is there, and once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from app.certificates.models import Certificate
from app.demo.accounts import PASSWORD
from app.learning.models import Completion
from tests.e2e import officer
from tests.e2e.quiz import LOST, Quiz
from tests.e2e.record import OFFICER
from tests.servers import Server

pytestmark = pytest.mark.browser


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
