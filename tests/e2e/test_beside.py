"""The preview beside a text at real browsers: it follows what is typed, and keeps its place."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import FrameLocator, Locator, expect

from app.learning.models import PracticeAnswer
from tests.e2e.conftest import OpenReader
from tests.e2e.record import Record
from tests.e2e.test_pages import CONTRAST, TAGS, run_axe
from tests.e2e.writing_desk import Desk, type_at_end, wait_until, write

pytestmark = [pytest.mark.browser, pytest.mark.one_server]
LINE_SHOWN = """(line) => {
  const rows = texte.value.split("\\n").length;
  return texte.scrollTop / texte.scrollHeight * rows - line;
}"""
TOP = "one => one.getBoundingClientRect().top"
SCROLL = "one => one.ownerDocument.defaultView.scrollBy(0, one.getBoundingClientRect().top)"
QUIET = 400
"""Milliseconds after which nothing that was scrolled moves any more."""
LOST = ("net::ERR", "Failed to load resource")


class Beside(Desk):
    """A trainer at the text of a module just begun, with its preview."""

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("[data-beside] iframe")

    def arrives(self) -> None:
        """Wait until the preview is up to date with the text."""
        expect(self.page.locator("[data-beside-state]")).to_contain_text("À jour")

    def replace(self, before: str, after: str) -> None:
        """Change the text in the editor."""
        text = self.page.locator("#texte").input_value()
        assert before in text
        write(self.page, text.replace(before, after, 1))

    def line_of(self, start: str) -> int:
        """Find the line of the text that begins so, from 1."""
        lines = self.page.locator("#texte").input_value().split("\n")
        return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


@pytest.fixture
def desk(reader: OpenReader, record: Record) -> Beside:
    desk = sit_down(reader, record)
    desk.open_editor()
    return desk


def sit_down(reader: OpenReader, record: Record, *, bundled: bool = True) -> Beside:
    """Open a text with its preview, in the editor or in the plain field of a site without it."""
    one = reader(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    if not bundled:
        one.expected += LOST
        one.context.route("**/built/editor.js*", lambda route: route.abort())
    desk = Beside(one, record)
    desk.arrives()
    return desk


def test_the_preview_follows_what_is_typed(desk: Beside) -> None:
    expect(desk.frame.get_by_role("heading", name="Première étape")).to_be_visible()
    kept = desk.frame.locator(".callout").first.element_handle()
    desk.replace("# Titre du module", "# Titre\n\n## Tapée {#tapee}\n\nUne étape tapée.\n")
    expect(desk.frame.get_by_text("Une étape tapée.")).to_be_visible()
    assert kept is not None
    assert kept.evaluate("one => one.isConnected"), "what did not change was replaced"
    left, right = (desk.page.locator(one).bounding_box() for one in (".cm-editor", "[data-beside]"))
    assert left
    assert right
    assert right["x"] > left["x"] + left["width"]
    desk.page.set_viewport_size({"width": 1000, "height": 900})
    below = desk.page.locator("[data-beside]").bounding_box()
    assert below
    assert below["x"] < left["x"] + left["width"]
    assert below["y"] > left["y"] + 300


def test_errors_keep_the_last_preview_and_say_so(desk: Beside) -> None:
    expect(desk.frame.get_by_role("heading", name="Première étape")).to_be_visible()
    text = desk.page.locator("#texte").input_value()
    write(desk.page, text.replace("{#premiere-etape}", ""))
    expect(desk.page.locator("[data-beside-state]")).to_contain_text("dernier état sans erreur")
    expect(desk.page.locator(".beside--old")).to_be_visible()
    expect(desk.frame.get_by_role("heading", name="Première étape")).to_be_visible()
    write(desk.page, text.replace("Première étape", "Étape réparée"))
    desk.arrives()
    expect(desk.frame.get_by_role("heading", name="Étape réparée")).to_be_visible()
    expect(desk.page.locator(".beside--old")).to_have_count(0)


def test_the_plain_field_and_the_preview_go_together(reader: OpenReader, record: Record) -> None:
    desk = sit_down(reader, record, bundled=False)
    line = desk.line_of("### Dilemme")
    place = desk.frame.locator(f"[data-line='{line}']")
    rows = len(desk.page.locator("#texte").input_value().split("\n"))
    desk.page.locator("#texte").evaluate(
        "(one, share) => { one.scrollTop = one.scrollHeight * share }", (line - 1) / rows
    )
    expect(place).to_be_in_viewport()
    desk.page.wait_for_timeout(QUIET)
    quiz = desk.line_of("## Évaluation")
    desk.frame.locator("#evaluation").evaluate("one => one.scrollIntoView()")
    wait_until(desk.page, f"Math.abs(({LINE_SHOWN})({quiz})) < 12")
    still = desk.page.locator("#texte").evaluate("one => one.scrollTop")
    desk.page.wait_for_timeout(QUIET)
    assert desk.page.locator("#texte").evaluate("one => one.scrollTop") == still
    assert abs(desk.frame.locator("#evaluation").evaluate(TOP)) < 40


def test_the_editor_and_the_preview_go_together(desk: Beside) -> None:
    scroller = desk.page.locator(".cm-scroller")
    dilemma, quiz = (
        desk.page.locator(".cm-line", has_text=re.compile(f"^{start}"))
        for start in ("### Dilemme", "## Évaluation")
    )
    place = desk.frame.locator(f"[data-line='{desk.line_of('### Dilemme')}']")
    share = desk.line_of("### Dilemme") / len(desk.text().split("\n"))
    scroller.evaluate("(one, share) => { one.scrollTop = one.scrollHeight * share }", share)
    scroller.evaluate("(one, by) => { one.scrollTop += by }", above(dilemma, scroller))
    expect(place).to_be_in_viewport()
    assert abs(place.evaluate(TOP)) < 12
    still = scroller.evaluate("one => one.scrollTop")
    desk.page.wait_for_timeout(QUIET)
    assert scroller.evaluate("one => one.scrollTop") == still, "an echo of its own scrolling"
    page_top = desk.page.evaluate("scrollY")
    desk.frame.locator("#evaluation").evaluate(SCROLL)
    desk.page.wait_for_timeout(QUIET)
    assert desk.page.evaluate("scrollY") == page_top, "the page around them moved"
    assert abs(above(quiz, scroller)) < 12
    assert abs(desk.frame.locator("#evaluation").evaluate(TOP)) < 40, "an echo of the editor's"


def above(one: Locator, other: Locator) -> float:
    """Measure how far under the top of another an element begins."""
    return float(one.evaluate(TOP)) - float(other.evaluate(TOP))


def test_answering_in_the_preview_records_nothing(desk: Beside, record: Record) -> None:
    before = practised(record)
    exercise = desk.frame.locator("[data-exercise]").filter(has=desk.page.locator("[type=radio]"))
    name = exercise.first.get_attribute("id")
    one = desk.frame.locator(f"#{name}")
    one.get_by_role("radio").first.check()
    one.get_by_role("button", name="Valider ma réponse").click()
    expect(one.locator(".feedback")).to_be_visible()
    expect(desk.page.locator("[data-beside-state]")).to_contain_text("Rien n’est enregistré")
    type_at_end(desk.page, "\nUn mot de plus.\n")
    desk.arrives()
    expect(one.locator(".feedback")).to_be_visible()  # Its own text did not change.
    one.get_by_role("link", name="Répondre à nouveau").click()
    expect(one.get_by_role("radio").first).to_be_enabled()
    desk.frame.locator("button.decision").first.click()
    expect(desk.frame.locator(".decision--chosen").first).to_be_visible()
    assert practised(record) == before
    expect(desk.page.locator(".saved")).to_contain_text("Enregistré à")
    assert "Un mot de plus." in desk.text()


def practised(record: Record) -> int:
    """Count the answers in the flow that are kept of everybody."""
    with record.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(PracticeAnswer)) or 0


def test_the_reviewers_view_widths_and_languages(desk: Beside) -> None:
    choose = desk.page.get_by_label
    expect(desk.frame.locator(".key")).to_have_count(0)
    choose("Vue", exact=True).select_option("relecture")
    expect(desk.frame.locator(".key").first).to_be_visible()
    expect(desk.frame.locator(".graph")).to_have_count(1)
    width = "one => one.contentWindow.innerWidth"
    iframe = desk.page.locator("[data-beside] iframe")
    for name, expected in (("phone", 390), ("desktop", 1100)):
        choose("Largeur").select_option(name)
        assert iframe.evaluate(width) == expected
    choose("Largeur").select_option("")
    choose("Vu par").select_option("gn")
    desk.arrives()
    expect(desk.frame.locator("main")).to_have_attribute("data-corps", "gn")


def test_it_is_used_by_keyboard_alone(desk: Beside) -> None:
    page = desk.page
    page.get_by_label("Vue", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(desk.frame.locator(".key").first).to_be_visible()
    page.get_by_label("Largeur").focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement.contentDocument?.activeElement.outerHTML ?? ''"
        )
        seen.append(inside)
        if 'type="radio"' in inside:
            break
    assert 'type="radio"' in seen[-1], seen
    page.keyboard.press("Space")
    while "<button" not in seen[-1]:
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.contentDocument.activeElement.outerHTML"))
    page.keyboard.press("Enter")
    expect(desk.frame.locator(".feedback").first).to_be_visible()


def test_nothing_is_wrong_for_axe(desk: Beside) -> None:
    desk.page.get_by_label("Vue", exact=True).select_option("relecture")
    expect(desk.frame.locator(".key").first).to_be_visible()
    inner = desk.page.frames[-1]
    assert inner.url.endswith("/a-cote")
    for scheme in ("light", "dark"):
        desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        kind = ("tag", TAGS) if scheme == "light" else ("rule", CONTRAST)
        assert run_axe(desk.page, kind[1], kind=kind[0]) == []
        assert run_axe(inner, kind[1], kind=kind[0]) == []  # type: ignore[arg-type]
    desk.page.set_viewport_size({"width": 390, "height": 800})
    assert not desk.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not inner.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_busy_sandbox_is_asked_again_by_itself(desk: Beside) -> None:
    answers = iter([503, 503])

    def refuse(route: object) -> None:
        status = next(answers, None)
        if status is None or route.request.method != "POST":  # type: ignore[attr-defined]
            route.continue_()  # type: ignore[attr-defined]
        else:
            route.fulfill(  # type: ignore[attr-defined]
                status=status, headers={"Retry-After": "1"}, json={"error": "preview_busy"}
            )

    desk.page.route("**/a-cote", refuse)
    desk.replace("# Titre du module", "# Titre\n\n## Tapée {#tapee}\n\nUne étape tapée.\n")
    expect(desk.page.locator("[data-beside-state]")).to_contain_text("réessaie tout seul")
    expect(desk.page.locator(".saved")).to_have_text(re.compile("Enregistré"), timeout=5_000)
    expect(desk.frame.get_by_text("Une étape tapée.")).to_be_visible()


def test_without_javascript_the_button_leads_to_the_same_views(
    reader: OpenReader, record: Record
) -> None:
    page = Desk(reader(java_script_enabled=False), record).page
    expect(page.locator("[data-beside]")).to_be_hidden()
    page.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    expect(page.get_by_role("heading", name="Première étape")).to_be_visible()
    expect(page.locator(".key")).to_have_count(0)
    page.get_by_label("Vu par").select_option("gn")
    page.get_by_label("Vue", exact=True).select_option("relecture")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".key").first).to_be_visible()
    expect(page.get_by_label("Vu par")).to_have_value("gn")
