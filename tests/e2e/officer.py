"""What people do at the screen, with or without scripts."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from app.dialect import items
from tests.e2e.filling import answer_question, try_exercise
from tests.e2e.record import SLUG, Record

MOST_STEPS = 12


def sign_in(page: Page, name: str) -> None:
    """Sign in with one click of the demonstration."""
    page.goto("/connexion")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bonjour")


def go_on(page: Page, name: str | re.Pattern[str]) -> None:
    """Click a button or link that leads to another page, and wait for it."""
    act = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name))
    with page.expect_navigation():
        act.first.click()


def read_module(page: Page, slug: str = SLUG) -> None:
    """Go through every step, trying its exercises, to the page of the quiz."""
    page.goto(f"/apprendre/{slug}")
    first = page.locator(".outline a").first
    if first.get_attribute("aria-current") is None:
        first.click()
    for _ in range(MOST_STEPS):
        try_exercises(page)
        before = page.url
        go_on(page, re.compile("Étape suivante|Aller à l’évaluation"))
        assert page.url != before, page.locator("main").inner_text()
        if urlsplit(page.url).path.endswith("/evaluation"):
            return
    raise AssertionError("the module does not end")


def try_exercises(page: Page) -> None:
    """Answer what stands in the flow of a step: questions, reflections, dilemmas."""
    ids = page.locator("[data-exercise]").evaluate_all("all => all.map(one => one.id)")
    for name in ids:
        exercise = page.locator(f"[id='{name}']")
        if exercise.locator("button.decision").count():
            walk_dilemma(page, name)
        elif exercise.locator("textarea").count():
            exercise.locator("textarea").fill("J’en ai parlé à ma cheffe le jour même.")
            exercise.get_by_role("button", name="Enregistrer").click()
            expect(page.locator(f"[id='{name}'] .saved")).to_contain_text("Enregistré à")
        elif not exercise.locator(".feedback").count():  # Some were answered on another day.
            try_exercise(exercise)
            expect(page.locator(f"[id='{name}'] .feedback")).to_be_visible()


def walk_dilemma(page: Page, name: str) -> None:
    """Take the first way on from each scene until the story ends."""
    exercise = page.locator(f"[id='{name}']")
    for walked in range(1, MOST_STEPS):
        exercise.locator("button.decision").first.click()
        expect(exercise.locator(".scene")).to_have_count(walked + 1)
        if not exercise.locator("button.decision").count():
            expect(exercise.locator(".feedback")).to_be_visible()
            return
    raise AssertionError("the story does not end")


def start_quiz(page: Page, slug: str = SLUG) -> None:
    """Open an attempt from the page of the quiz."""
    page.goto(f"/apprendre/{slug}/evaluation")
    go_on(page, re.compile("Commencer"))
    expect(page.locator("form[data-answer]")).to_be_visible()


def take_up_quiz(page: Page) -> None:
    """Go to the question that comes next, from anywhere."""
    page.goto(f"/apprendre/{SLUG}/evaluation")
    go_on(page, "Reprendre la tentative")
    expect(page.locator("form[data-answer]")).to_be_visible()


def asked_item(page: Page) -> str:
    """Tell which item the page asks."""
    return page.locator("form[data-answer]").get_attribute("data-item") or ""


def answer_rightly(page: Page, record: Record, slug: str = SLUG) -> None:
    """Answer every question from the one on screen to the last, each as the module has it."""
    asked = record.asked(slug)
    for _ in range(50):
        if not page.locator("form[data-answer]").count():
            return
        item, order = asked[asked_item(page)]
        answer_question(page, item, items.right_value(item), order)
        go_on(page, re.compile("Enregistrer et"))
    raise AssertionError("the quiz does not end")


def hand_in(page: Page) -> None:
    """Hand the attempt in from the list of its questions."""
    go_on(page, re.compile("^Remettre"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Résultat")


def take_snapshot(page: Page) -> tuple[int, int]:
    """Count the situation now; return how many are up to date, of how many."""
    page.goto("/rh/situation")
    go_on(page, "Faire un relevé")
    expect(page.locator(".alert")).to_contain_text("relevé")
    text = re.sub(r"\s", "", page.locator(".key-figure").inner_text())
    found = re.search(r"àjour:(\d+)sur(\d+)", text)
    assert found, text
    return int(found[1]), int(found[2])
