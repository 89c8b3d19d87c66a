"""Questions that the page carries along: one goes through them without the network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from app.demo.accounts import PASSWORD
from app.dialect import items
from app.dialect.compiled import Ordering
from tests.e2e import officer
from tests.e2e.filling import answer_question, read_given
from tests.e2e.quiz import LOST, Quiz
from tests.e2e.record import OFFICER

pytestmark = pytest.mark.browser
GO_ON = re.compile("Enregistrer et")


@pytest.fixture
def carried(quiz: Quiz) -> Quiz:
    """Bring the officer to the first question of a page that has fetched the others."""
    quiz.page.wait_for_load_state("networkidle")
    return quiz


def asked_pages(page: Page) -> list[str]:
    """Collect the pages and parts asked for from now on; answers are sent beside them."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        if request.resource_type in {"document", "fetch"} and "/reponses/" not in request.url:
            asked.append(request.url)

    page.on("request", hear)
    return asked


def test_the_whole_quiz_is_answered_without_the_network(carried: Quiz) -> None:
    carried.reader.expected += LOST
    page = carried.page
    carried.reader.context.set_offline(True)
    given = []
    for number in range(1, len(carried.asked) + 1):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Question {number} sur")
        item, order = carried.asked[officer.asked_item(page)]
        answer_question(page, item, items.right_value(item), order)
        given.append((item.id, read_given(page, item, order)))
        page.get_by_role("button", name=GO_ON).click()
    expect(page.locator(".saved")).to_contain_text("En attente du réseau")
    (attempt,) = carried.record.attempts()
    assert carried.record.answers(attempt.id) == []
    carried.reader.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Avant de remettre")
    expect(page.locator("main")).to_contain_text("Toutes ont une réponse")
    assert carried.record.answers(attempt.id) == given
    officer.hand_in(page)
    assert [attempt.passed for attempt in carried.record.attempts()] == [True]


def test_the_page_says_where_one_is_and_asks_for_nothing(carried: Quiz) -> None:
    page, asked = carried.page, asked_pages(carried.page)
    first = officer.asked_item(page)
    carried.choose(page, 0)
    page.get_by_role("button", name=GO_ON).click()
    expect(page).to_have_title(re.compile("^Question 2 sur"))
    expect(page).to_have_url(re.compile("/questions/2$"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Question 2 sur")
    expect(heading).to_be_focused()
    expect(page.locator(".breadcrumb [aria-current]")).to_have_text("Question 2")
    expect(page.locator(".overview [aria-current]")).to_contain_text("2")
    expect(page.locator(".overview [aria-current]")).to_have_count(1)
    expect(page.locator(".overview a").first).to_contain_text("répondue")
    page.locator(".overview a").nth(3).click()
    expect(heading).to_contain_text("Question 4 sur")
    page.get_by_role("link", name="Précédent Question 3").click()
    expect(heading).to_contain_text("Question 3 sur")
    page.go_back()
    expect(heading).to_contain_text("Question 4 sur")
    page.go_back()
    page.go_back()
    expect(heading).to_contain_text("Question 1 sur")
    assert officer.asked_item(page) == first
    carried.wait_given(page, 0)
    page.go_forward()
    expect(heading).to_contain_text("Question 2 sur")
    assert asked == []
    page.reload()
    expect(heading).to_contain_text("Question 2 sur")


def test_a_link_opens_its_own_tab_where_one_asks_for_it(carried: Quiz) -> None:
    with carried.reader.context.expect_page() as opened:
        carried.page.locator(".overview a").nth(1).click(modifiers=["ControlOrMeta"])
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Question 2 sur")
    expect(carried.page.get_by_role("heading", level=1)).to_contain_text("Question 1 sur")


def test_an_answer_saved_elsewhere_shows_when_one_comes_back(carried: Quiz) -> None:
    one, other = carried.page, carried.reader.page()
    other.goto(one.url.replace("/questions/1", "/questions/2"))
    carried.choose(other, 0)
    with one.expect_response("**/questions") as answered:
        one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    # Once a second request is answered, the page has read the first.
    one.evaluate("url => fetch(url).then((one) => one.text())", answered.value.url)
    one.get_by_role("link", name="Question 2").first.click()
    carried.wait_given(one, 0)
    expect(one.locator(".saved")).to_contain_text("Enregistré à")


def test_an_answer_given_while_the_questions_are_fetched_again_stays(carried: Quiz) -> None:
    page, held = carried.page, list[Route]()
    before = carried.reader.context.request.get(page.url.removesuffix("/1")).text()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/questions", hold)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    with page.expect_response("**/reponses/*"):
        carried.pick(page, 0)
    page.get_by_role("button", name=GO_ON).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 sur")
    (route,) = held
    with page.expect_response("**/questions"):
        route.fulfill(body=before, content_type="text/html")
    # Once another request is answered, the page has read this one.
    page.evaluate("url => fetch(url).then((one) => one.text())", page.url)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 1 sur")
    carried.wait_given(page, 0)
    expect(page.locator(".saved")).to_contain_text("Enregistré à")


def test_what_needs_the_server_says_so_without_the_network(carried: Quiz) -> None:
    carried.reader.expected += LOST
    page = carried.page
    while isinstance(carried.asked[officer.asked_item(page)][0], Ordering):
        page.get_by_role("link", name="Suivant").click()
    url, item = page.url, carried.asked[officer.asked_item(page)][0]
    carried.reader.context.set_offline(True)
    page.get_by_role("button", name=GO_ON).click()
    missing = "Répondez, ou passez" if items.fields(item) else "Choisissez une réponse, ou passez"
    expect(page.locator(".saved")).to_contain_text(missing)
    page.get_by_role("button", name="Marquer à revoir").click()
    expect(page.locator(".saved")).to_contain_text("ne peut pas être marquée")
    assert page.url == url
    carried.reader.context.set_offline(False)
    officer.go_on(page, "Vue d’ensemble et remise")
    carried.reader.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Remettre")).click()
    expect(page.locator(".saved")).to_contain_text("rien n’est remis")
    carried.reader.context.set_offline(False)
    officer.hand_in(page)


def test_the_form_of_a_question_shown_later_still_works(carried: Quiz) -> None:
    carried.reader.expected.append("401")
    page = carried.page
    carried.record.end_sessions()
    carried.pick(page, 0)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Matricule").fill(OFFICER)
    dialog.get_by_label("Mot de passe").fill(PASSWORD)
    dialog.get_by_role("button", name="Se connecter").click()
    carried.wait_saved(page)
    page.get_by_role("button", name=GO_ON).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 sur")
    officer.go_on(page, "Marquer à revoir")
    expect(page.get_by_role("button", name="Ne plus marquer")).to_be_visible()


def test_changing_the_language_comes_back_to_the_question_on_screen(carried: Quiz) -> None:
    page = carried.page
    page.get_by_role("link", name="Question 2").first.click()
    officer.go_on(page, "English")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 of")
