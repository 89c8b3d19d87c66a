"""The preview beside a text at real browsers: it follows what is typed, and keeps its place."""

from __future__ import annotations

import re
import time

import pytest
import sqlalchemy as sa
from playwright.sync_api import FrameLocator, Page, expect

from app.learning.models import PracticeAnswer
from app.studio.queries.drafts import list_texts
from tests.e2e.browser import Reader
from tests.e2e.conftest import OpenReader
from tests.e2e.record import Record
from tests.e2e.test_pages import CONTRAST, TAGS, run_axe
from tests.e2e.test_writing import TRAINER, begin, type_at_end

pytestmark = pytest.mark.browser
LINE_SHOWN = """(line) => {
  const rows = texte.value.split("\\n").length;
  return texte.scrollTop / texte.scrollHeight * rows - line;
}"""
TOP = "one => one.getBoundingClientRect().top"


class Beside:
    """A trainer at the text of a module just begun, with its preview."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page = reader, reader.page()
        page = self.page
        begin(page)
        self.draft_id = int(page.url.rsplit("/", 1)[-1])
        page.get_by_role("link", name="Module", exact=True).click()
        self.arrives()

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("[data-beside] iframe")

    def arrives(self) -> None:
        """Wait until the preview is up to date with the text."""
        expect(self.page.locator("[data-beside-state]")).to_contain_text("À jour")

    def replace(self, before: str, after: str) -> None:
        """Change the text as a script of an editor does."""
        text = self.page.locator("#texte").input_value()
        assert before in text
        self.page.locator("#texte").fill(text.replace(before, after, 1))

    def line_of(self, start: str) -> int:
        """Find the line of the text that begins so, from 1."""
        lines = self.page.locator("#texte").input_value().split("\n")
        return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


def wait_until(page: Page, told: str) -> None:
    """Wait for something that the page says of itself; its policy lets no script of ours wait."""
    deadline = time.monotonic() + 15
    while not page.evaluate(told):
        assert time.monotonic() < deadline, told
        page.wait_for_timeout(50)


@pytest.fixture
def desk(reader: OpenReader, record: Record) -> Beside:
    one = reader(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    one.has_cookie(record.cookie(TRAINER))
    one.expected.append("503")  # On a busy machine the preview may have to wait.
    return Beside(one)


def test_the_preview_follows_what_is_typed(desk: Beside) -> None:
    expect(desk.frame.get_by_role("heading", name="Première étape")).to_be_visible()
    kept = desk.frame.locator(".callout").first.element_handle()
    desk.replace("# Titre du module", "# Titre\n\n## Tapée {#tapee}\n\nUne étape tapée.\n")
    expect(desk.frame.get_by_text("Une étape tapée.")).to_be_visible()
    assert kept is not None
    assert kept.evaluate("one => one.isConnected"), "what did not change was replaced"
    left, right = (desk.page.locator(one).bounding_box() for one in ("#texte", "[data-beside]"))
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
    desk.page.locator("#texte").fill(text.replace("{#premiere-etape}", ""))
    expect(desk.page.locator("[data-beside-state]")).to_contain_text("dernier état sans erreur")
    expect(desk.page.locator(".beside--old")).to_be_visible()
    expect(desk.frame.get_by_role("heading", name="Première étape")).to_be_visible()
    desk.page.locator("#texte").fill(text.replace("Première étape", "Étape réparée"))
    desk.arrives()
    expect(desk.frame.get_by_role("heading", name="Étape réparée")).to_be_visible()
    expect(desk.page.locator(".beside--old")).to_have_count(0)


def test_the_text_and_the_preview_go_together(desk: Beside) -> None:
    line = desk.line_of("### Dilemme")
    place = desk.frame.locator(f"[data-line='{line}']")
    rows = len(desk.page.locator("#texte").input_value().split("\n"))
    desk.page.locator("#texte").evaluate(
        "(one, share) => { one.scrollTop = one.scrollHeight * share }", (line - 1) / rows
    )
    expect(place).to_be_in_viewport()
    desk.page.wait_for_timeout(400)
    quiz = desk.line_of("## Évaluation")
    desk.frame.locator("#evaluation").evaluate("one => one.scrollIntoView()")
    wait_until(desk.page, f"Math.abs(({LINE_SHOWN})({quiz})) < 12")
    still = desk.page.locator("#texte").evaluate("one => one.scrollTop")
    desk.page.wait_for_timeout(400)
    assert desk.page.locator("#texte").evaluate("one => one.scrollTop") == still
    assert abs(desk.frame.locator("#evaluation").evaluate(TOP)) < 40


def test_an_editor_and_the_preview_speak_of_lines(desk: Beside) -> None:
    line = desk.line_of("### Dilemme")
    desk.page.evaluate(
        """(line) => {
          texte.dataset.enhanced = "";
          texte.addEventListener("editor:show", (event) => { window.told = event.detail.line; });
          texte.dispatchEvent(new CustomEvent("editor:scrolled", { detail: { line } }));
        }""",
        line,
    )
    place = desk.frame.locator(f"[data-line='{line}']")
    expect(place).to_be_in_viewport()
    assert abs(place.evaluate(TOP)) < 2
    desk.page.wait_for_timeout(400)
    assert desk.page.evaluate("window.told") is None, "an echo of the editor's own scrolling"
    desk.frame.locator("#evaluation").evaluate("one => one.scrollIntoView()")
    wait_until(desk.page, f"Math.abs(window.told - {desk.line_of('## Évaluation')}) < 1")


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
    with record.session() as session:
        texts = list_texts(session, desk.draft_id)
    assert any("Un mot de plus." in (row.text or "") for row in texts)


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
    one = reader(java_script_enabled=False)
    one.has_cookie(record.cookie(TRAINER))
    page = one.page()
    begin(page)
    page.get_by_role("link", name="Module", exact=True).click()
    expect(page.locator("[data-beside]")).to_be_hidden()
    page.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    expect(page.get_by_role("heading", name="Première étape")).to_be_visible()
    expect(page.locator(".key")).to_have_count(0)
    page.get_by_label("Vu par").select_option("gn")
    page.get_by_label("Vue", exact=True).select_option("relecture")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".key").first).to_be_visible()
    expect(page.get_by_label("Vu par")).to_have_value("gn")
