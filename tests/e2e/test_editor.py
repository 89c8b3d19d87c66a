"""The trainers' editor in a real browser: by the keyboard, beside other scripts, seen by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.dialect.item_templates import TEMPLATES
from app.dialect.starter import TEMPLATE_FR
from tests.e2e.conftest import OpenReader
from tests.e2e.record import Record
from tests.e2e.test_pages import CONTRAST, OVERFLOW, TAGS, run_axe
from tests.e2e.writing_desk import Desk, editor, wait_until, write

pytestmark = [pytest.mark.browser, pytest.mark.one_server]
# Two draws share the three questions of the bank.
STARTER = TEMPLATE_FR["module.md"].replace(" nombre=2", " nombre=1")
LETTERLESS = STARTER.replace("- [ ] b) Parfois", "- [ ] Parfois")
HIGHEST = 360
"""Points above the first line of a text, of the 900 of the window."""
LISTEN = """() => { window.heard = [];
  for (const name of ["editor:scrolled", "editor:files", "input"])
    texte.addEventListener(name, ({ detail }) =>
      heard.push([name, detail?.line ?? detail?.files?.length ?? 0])) }"""
SEND = """([name, detail]) =>
  texte.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }))"""
PASTE = """(content) => {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File(["x"], "x.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  content.dispatchEvent(event); }"""


@pytest.fixture
def desk(reader: OpenReader, record: Record) -> Desk:
    desk = Desk(reader(reduced_motion="reduce"), record)
    desk.open_editor()
    return desk


def value(page: Page) -> str:
    """Read what the form would send."""
    return page.locator("#texte").input_value()


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Go from one control to the next until this one."""
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail("the keyboard does not lead there")


def test_each_type_is_inserted_by_the_keyboard_alone(desk: Desk) -> None:
    page, menu = desk.page, desk.page.get_by_text("Insérer une question")
    write(page, STARTER)
    page.keyboard.press("Control+Home")
    for rank, (kind, template) in enumerate(TEMPLATES["fr"].items()):
        tab_to(page, menu, "Shift+Tab")
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_label("Type de question"))
        page.keyboard.press("Home")
        for _ in range(rank):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type(f"Neuf {kind}")
        page.keyboard.press("Enter")
        expect(editor(page)).to_be_focused()
        # The title is selected, to be written over; the id stays.
        page.keyboard.insert_text(f"Titre {rank}")
        heading = f"{template.opening} Titre {rank} {{#neuf-{kind.replace('_', '-')}"
        assert heading in value(page)
    expect(page.locator("[data-problem-count]")).to_have_text(re.compile(r"Erreurs\s:\s0"))
    expect(page.locator(".saved")).to_have_text(re.compile("Enregistré à"))
    assert desk.text() == value(page)
    page.keyboard.press("Tab")
    expect(editor(page)).not_to_be_focused()
    for _ in range(2 * len(TEMPLATES["fr"])):
        if value(page) != STARTER:
            editor(page).press("Control+z")
    assert value(page) == STARTER


def test_a_problem_is_reached_fixed_and_taken_back_by_the_keyboard(desk: Desk) -> None:
    page = desk.page
    write(page, f"\U0001f600 En tête.\n{LETTERLESS}")
    problem = page.locator(".problems__one", has_text="Q208")
    expect(problem).to_be_visible()
    write(page, LETTERLESS)
    expect(page.locator(".problems__one")).to_have_count(1)
    expect(page.locator(".cm-marker").last).to_be_attached()
    tab_to(page, problem.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_focused()
    selected = page.evaluate("getSelection().toString()")
    assert "- [ ] Parfois".startswith(selected)
    tab_to(page, problem.get_by_role("button"))
    page.keyboard.press("Enter")
    assert value(page) == STARTER
    expect(page.get_by_text("ne trouve rien à redire")).to_be_visible()
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+z")
    assert value(page) == LETTERLESS
    expect(problem).to_be_visible()
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    expect(page.locator(".cm-announced")).to_have_text(re.compile("Q208"))
    page.keyboard.press("Alt+Enter")
    assert value(page) == STARTER


def test_the_text_begins_high_and_its_weight_is_told_as_it_grows(desk: Desk) -> None:
    page, notice = desk.page, desk.page.locator("[data-room]")
    first = page.locator(".cm-line").first.bounding_box()
    assert first is not None
    assert first["y"] < HIGHEST
    expect(notice).to_be_hidden()
    write(page, f"{STARTER}\n{'Une ligne de plus. ' * 8_000}")
    expect(notice).to_contain_text(re.compile("Ce texte pèse .* ko"))
    write(page, STARTER)
    expect(notice).to_be_hidden()


OFFERS = [
    ("### Choix unique : Un {#un voir=pre", "premiere-etape"),
    ("### Choix unique : Un {#un poi", "points="),
    ("### Tirage : Un {#un banque=", "questions"),
    ("### Réponse c", "Réponse courte"),
    ("## Une {#une corps=pn,g", "gn"),
    ("### Dilemme : D {#d}\n#### une-fin\n- [Aller](#", "une-fin"),
    ("- [Aller](#x) {avis=ex", "exemplaire"),
    ("> [!EX", "EXEMPLE"),
    ("**Expl", "Explication"),
    ("**Compétences :** prob", "probite"),
    ("Selon le CSI R. 434-", "CSI R. 434-1"),
]


def test_what_may_stand_at_the_cursor_is_offered(desk: Desk) -> None:
    page = desk.page
    offered = page.locator(".cm-tooltip-autocomplete li")
    for typed, expected in OFFERS:
        write(page, f"{STARTER}\n")
        *before, last = f"\n{typed}".split("\n")
        page.keyboard.insert_text("\n".join([*before, ""]))
        page.keyboard.type(last)
        expect(offered.filter(has_text=expected).first).to_be_visible()
        page.keyboard.press("Escape")
        expect(offered).to_have_count(0)
    write(page, "agré")
    page.keyboard.press("Control+Space")
    expect(offered.filter(has_text="agrément").first).to_be_visible()
    write(page, "---\npublic: tous\ncompetences: [exe")
    page.keyboard.type("m")
    expect(offered.filter(has_text="exemplarite").first).to_be_visible()
    page.wait_for_timeout(200)  # A list that has just opened takes no key for an answer.
    page.keyboard.press("Enter")
    assert value(page).endswith("[exemplarite")


def test_enter_begins_a_line_after_what_is_written_whole(desk: Desk) -> None:
    page = desk.page
    write(page, "---\n")
    for key in "public: tous":
        page.keyboard.type(key)
        page.wait_for_timeout(120)  # Each letter has its list.
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    assert value(page) == "---\npublic: tous\nx"


def test_other_scripts_show_insert_and_hear(desk: Desk) -> None:
    page, content = desk.page, desk.page.locator(".cm-content")
    page.evaluate(LISTEN)
    write(page, "\n".join(f"Ligne {n}" for n in range(1, 301)))
    wait_until(page, "heard.some(([name]) => name === 'input')")
    page.get_by_label("Nom court").or_(page.get_by_text("Insérer une question")).first.focus()
    assert page.evaluate(SEND, ["editor:show", {"line": 200}]) is False  # It was dealt with.
    expect(page.locator(".cm-line", has_text=re.compile("^Ligne 200$"))).to_be_in_viewport()
    expect(editor(page)).not_to_be_focused()
    page.evaluate(SEND, ["editor:show", {"line": 150, "focus": True}])
    expect(editor(page)).to_be_focused()
    assert page.evaluate("getSelection().toString()") == "Ligne 150"
    page.evaluate(SEND, ["editor:insert", {"text": "![Un mot](media/x.png)"}])
    assert "Ligne 149\n![Un mot](media/x.png)\nLigne 151" in value(page)
    page.wait_for_timeout(300)
    page.locator(".cm-scroller").evaluate("one => { one.scrollTop = 0 }")
    wait_until(page, "heard.some(([name, line]) => name === 'editor:scrolled' && line === 1)")
    before = value(page)
    content.evaluate(PASTE)
    assert ["editor:files", 1] in page.evaluate("heard")
    assert value(page) == before
    page.evaluate("texte.value = 'Repris.'; texte.dispatchEvent(new Event('input'))")
    expect(content).to_have_text("Repris.")


def test_the_editor_is_accessible_on_a_desk_and_a_phone_in_light_and_dark(desk: Desk) -> None:
    page = desk.page
    write(page, LETTERLESS.replace("{#une-affirmation}", "{#Une affirmation}"))
    expect(page.locator(".problems__one").first).to_be_visible()
    for summary in page.locator(".tools summary").all():
        summary.click()
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        editor(page).press("Control+End")
        page.keyboard.type("\n## Une {#une corps=")
        expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
        found += look(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Control+f")
        expect(page.locator(".cm-search")).to_be_visible()
        found += look(page)
        page.keyboard.press("Escape")
    assert found == []


def look(page: Page) -> list[str]:
    """List what is wrong with what is shown, in light and dark."""
    found = run_axe(page, TAGS)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in run_axe(page, CONTRAST, kind="rule")]
    page.emulate_media(color_scheme="light")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"too wide: {page.evaluate(OVERFLOW)}")
    return found


def test_a_question_is_inserted_without_a_script(reader: OpenReader, record: Record) -> None:
    desk = Desk(reader(java_script_enabled=False), record)
    page = desk.page
    page.get_by_text("Insérer une question").click()
    page.get_by_label("Type de question").select_option("Association")
    page.get_by_label("Titre", exact=True).fill("Qui fait quoi")
    page.get_by_label("À la fin de l’étape").select_option("Mise en situation")
    page.get_by_role("button", name="Insérer").click()
    expect(page.get_by_text("qui-fait-quoi")).not_to_have_count(0)
    before, _, after = desk.text().partition("### Association : Qui fait quoi {#qui-fait-quoi}\n")
    assert before.rstrip().endswith("ses propres lignes.")
    assert "\n\n## Évaluation" in after
    expect(page.get_by_text("Raccourcis")).to_be_hidden()
