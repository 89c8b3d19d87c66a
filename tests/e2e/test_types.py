"""Every type of question: by keyboard, by touch, without scripts, and as it is read out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.catalogue.services import publish
from app.database import utc_now, write
from app.learning.services import enrolments
from tests.e2e import officer
from tests.e2e.conftest import OpenReader
from tests.e2e.record import Record
from tests.e2e.test_pages import CONTRAST, TAGS, run_axe
from tests.learning.every_type import RIGHT, SLUG, compiled_types, read_types

pytestmark = pytest.mark.browser
HOME = f"/apprendre/{SLUG}"
STEP = f"{HOME}/etapes/essayer"
ROWS = ["Saluer", "Écouter", "Expliquer la suite"]
SIDES = ["Code commun", "Code commun", "Charte"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FOCUSED = "selector => document.activeElement.matches(selector)"
MOST_TABS = 60

Open = Callable[..., Page]


@pytest.fixture
def record(database: Path) -> Iterator[Record]:
    """Give the demonstration with the module of every type, the officer enrolled on it."""
    record = Record(database)
    agent_id = record.agent_id()
    with record.app.app_context():
        write(publish, read_types(), author_id=None, now=utc_now())
        write(enrolments.enrol, agent_id=agent_id, slug=SLUG, now=utc_now())
    yield record
    record.close()


@pytest.fixture
def open_page(reader: OpenReader, record: Record) -> Open:
    """Open a page as the officer."""

    def opened(**options: Any) -> Page:
        one = reader(**options)
        one.has_cookie(record.cookie())
        return one.page()

    return opened


def start_quiz(page: Page) -> None:
    """Read the only step and open an attempt."""
    page.goto(STEP)
    officer.go_on(page, re.compile("Aller à l’évaluation"))
    officer.go_on(page, re.compile("Commencer"))


def asked(page: Page) -> str:
    """Tell which type the page of the quiz asks."""
    return officer.asked_item(page).removeprefix("quiz-")


def tab_to(page: Page, selector: str) -> None:
    """Go on with the tab key until an element has the focus."""
    for _ in range(MOST_TABS):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def rows_of(page: Page) -> list[str]:
    """List the rows of an ordering as they stand."""
    return page.locator("form[data-answer] .ordering__text").all_inner_texts()


def order_by_keyboard(page: Page) -> None:
    """Take the last row to its place by its number, then move the first one up by its button."""
    last = page.locator("[data-row]", has_text=ROWS[2]).locator("select")
    tab_to(page, f"#{last.get_attribute('id')}")
    if rows_of(page) == ROWS:  # What nobody moves is not saved yet: there and back.
        page.keyboard.press("ArrowUp")
        expect(page.locator("[data-row]").last).not_to_contain_text(ROWS[2])
        page.keyboard.press("ArrowDown")
    else:
        page.keyboard.press("3")
    expect(page.locator("[data-row]").last).to_contain_text(ROWS[2])
    if rows_of(page)[0] != ROWS[0]:
        page.locator("[data-row]", has_text=ROWS[0]).evaluate("row => row.dataset.mine = ''")
        tab_to(page, "[data-mine] button[aria-label='Monter']")
        page.keyboard.press("Enter")
        expect(page.locator("[data-said]")).to_have_text("Ligne placée en position 1 sur 3")
        assert page.evaluate(FOCUSED, "[data-mine] button[aria-label='Monter']")
    assert rows_of(page) == ROWS


def answer_by_keyboard(page: Page, name: str) -> None:
    """Answer the question of the page by keyboard alone, to the button that saves it."""
    fields = page.locator("form[data-answer]").get_attribute("data-fields") or ""
    words = {"paires": SIDES, "nombre": ["4872"], "mot": ["canari-mot"],
             "trous": ["nécessaire", "proportionnée"]}  # fmt: skip
    if name == "ordre":
        order_by_keyboard(page)
    for field, word in zip(fields.split(), words.get(name, ()), strict=False):
        tab_to(page, f"[name='{field}']")
        page.keyboard.type(word)
    expect(page.locator(".saved")).to_contain_text("Enregistré à")
    tab_to(page, "form[data-answer] .button--primary")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_quiz_is_passed_by_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    start_quiz(page)
    seen = set()
    for _ in range(5):
        seen.add(asked(page))
        answer_by_keyboard(page, asked(page))
    assert seen == set(RIGHT)
    tab_to(page, "form[data-submission] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Évaluation réussie")
    expect(page.locator("main")).to_contain_text("5 / 5")


def test_an_order_left_as_shown_is_an_answer_once_it_is_sent(
    open_page: Open, record: Record
) -> None:
    page = open_page()
    start_quiz(page)
    for link in page.locator(".overview a").all():
        if asked(page) != "ordre":
            page.goto(str(link.get_attribute("href")))
    page.wait_for_timeout(800)
    (attempt,) = [one for one in record.attempts(slug=SLUG) if one.submitted_at is None]
    assert record.answers(attempt.id) == []
    officer.go_on(page, re.compile("Enregistrer et"))
    page.wait_for_timeout(800)
    assert [item for item, _ in record.answers(attempt.id)] == ["quiz-ordre"]


def touch_answer(page: Page, name: str) -> None:
    """Answer the question of the page with a finger."""
    if name == "ordre":
        if rows_of(page) == ROWS:  # What nobody moves is not saved yet: there and back.
            page.locator("[data-row]").first.get_by_role("button", name="Descendre").tap()
        for row in ROWS:
            while rows_of(page).index(row) > ROWS.index(row):
                up = page.locator("[data-row]", has_text=row).get_by_role("button", name="Monter")
                up.tap()
    elif name == "paires":
        for rank, side in enumerate(SIDES, start=1):
            page.locator(f"[name=paire-{rank}]").select_option(label=side)
    elif name == "trous":
        page.locator("[name=trou-1]").tap()
        page.keyboard.type("nécessaire")
        page.locator("[name=trou-2]").select_option(label="proportionnée")
    else:
        page.locator("[name=texte]").tap()
        page.keyboard.type("4872,5 h" if name == "nombre" else "canari-mot")
    expect(page.locator(".saved")).to_contain_text("Enregistré à")


def test_the_quiz_is_passed_with_a_finger_on_a_phone(open_page: Open) -> None:
    page = open_page(**PHONE)
    start_quiz(page)
    for _ in range(5):
        small = page.locator("form[data-answer] :is(select, input:not([type=hidden]), button)")
        for box in small.all():
            bounds = box.bounding_box()
            assert bounds is None or bounds["height"] >= 44, box.evaluate("one => one.outerHTML")
        touch_answer(page, asked(page))
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("Enregistrer et")).tap()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Remettre")).tap()
    expect(page.locator("main")).to_contain_text("Évaluation réussie")


def fill_plainly(page: Page, name: str, prefix: str) -> None:
    """Fill a form in as a browser without scripts lets one."""
    form = page.locator(prefix)
    if name == "ordre":
        for place, row in enumerate(ROWS, start=1):
            form.locator("[data-row]", has_text=row).locator("select").select_option(str(place))
    elif name == "paires":
        for rank, side in enumerate(SIDES, start=1):
            form.locator(f"[name=paire-{rank}]").select_option(label=side)
    elif name == "trous":
        form.locator("[name=trou-1]").fill("nécessaire")
        form.locator("[name=trou-2]").select_option(label="proportionnée")
    else:
        form.locator("[name=texte]").fill("4872" if name == "nombre" else "canari-mot")


def test_every_type_works_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(STEP)
    for name in RIGHT:
        exercise = f"[id='exercice-flux-{name}']"
        fill_plainly(page, name, exercise)
        with page.expect_navigation():
            page.locator(exercise).get_by_role("button", name="Valider ma réponse").click()
        expect(page.locator(f"{exercise} .feedback")).to_contain_text("C’est la réponse attendue")
    start_quiz(page)
    for _ in range(5):
        fill_plainly(page, asked(page), "form[data-answer]")
        officer.go_on(page, re.compile("Enregistrer et"))
    officer.hand_in(page)
    expect(page.locator("main")).to_contain_text("Évaluation réussie")


def test_a_result_in_thirds_and_its_corrections_fit_a_narrow_screen(open_page: Open) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    start_quiz(page)
    for _ in range(5):
        fill_plainly(page, asked(page), "form[data-answer]")
        if asked(page) == "paires":
            page.locator("[name=paire-1]").select_option(label=SIDES[2])
        officer.go_on(page, re.compile("Enregistrer et"))
    officer.hand_in(page)
    expect(page.locator(".key-figure")).to_contain_text("≈ 4,66 / 5")
    expect(page.locator(".key-figure")).to_contain_text("exactement 4 + 2/3")
    expect(page.locator(".compared")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


TREES = {
    "ordre": """
        - group "Recevoir une plainte":
          - heading "Recevoir une plainte" [level=2]
          - list:
            - listitem:
              - combobox "Place de la ligne"
              - button /Monter/
              - button /Descendre/
        """,
    "paires": """
        - group "À chacun son texte":
          - heading "À chacun son texte" [level=2]
          - list:
            - listitem:
              - combobox "Policier"
            - listitem:
              - combobox "Gendarme"
            - listitem:
              - combobox "Pompière"
        """,
    "nombre": """
        - group "Le délai":
          - heading "Le délai" [level=2]
          - textbox "Votre réponse (en h)"
        """,
    "mot": """
        - group "Le mot":
          - heading "Le mot" [level=2]
          - textbox "Votre réponse"
        """,
    "trous": """
        - group "La force":
          - heading "La force" [level=2]
          - paragraph:
            - textbox "Trou 1"
            - combobox "Trou 2"
        """,
    "avis": """
        - group "Votre avis":
          - heading "Votre avis" [level=2]
          - radio "Parfois"
        """,
}


def test_every_type_has_names_roles_and_states(reader: OpenReader, record: Record) -> None:
    reading = reader()
    reading.has_cookie(record.cookie())
    page = reading.page()
    page.goto(STEP)
    for name, tree in TREES.items():
        expect(page.locator(f"[id='exercice-flux-{name}']")).to_match_aria_snapshot(tree)
    described = page.locator("[id='question-flux-ordre']").get_attribute("aria-describedby") or ""
    for part in described.split():
        expect(page.locator(f"[id='{part}']")).to_be_visible()
    first, last = page.locator("[data-row]").first, page.locator("[data-row]").last
    assert first.get_by_label("Monter").get_attribute("aria-disabled") == "true"
    assert last.get_by_label("Descendre").get_attribute("aria-disabled") == "true"
    reading.expected.append("422")
    number = page.locator("[id='exercice-flux-nombre']")
    number.locator("[name=texte]").fill("douze")
    number.get_by_role("button", name="Valider ma réponse").click()
    expect(number.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    expect(number.get_by_role("textbox")).to_have_accessible_description(
        re.compile("Écrivez un nombre")
    )


@pytest.mark.parametrize("language", ["fr-FR", "en-GB"])
def test_axe_finds_nothing_before_or_after_an_answer(open_page: Open, language: str) -> None:
    page = open_page(locale=language, reduced_motion="reduce")
    page.goto(STEP)
    trouble = run_axe(page, TAGS)
    for name in RIGHT:
        exercise = page.locator(f"[id='exercice-flux-{name}']")
        fill_plainly(page, name, f"[id='exercice-flux-{name}']")
        exercise.locator("form .button--secondary").click()
        expect(exercise.locator(".feedback")).to_be_visible()
    trouble += run_axe(page, TAGS)
    page.emulate_media(color_scheme="dark")
    trouble += run_axe(page, CONTRAST, kind="rule")
    assert trouble == []


def test_the_types_asked_here_are_those_of_the_module() -> None:
    asked_types = {item.id.removeprefix("flux-") for item in compiled_types().steps[0].items()}
    assert asked_types == set(TREES)
