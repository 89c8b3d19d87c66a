"""Media and the glossary in a real browser: films seek, captions load, definitions open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dialect.hostile_diagrams import HOSTILE
from tests.e2e import prepared
from tests.e2e.browser import Reader
from tests.e2e.record import OFFICER, Record
from tests.e2e.showcase import PAGE, SECONDS, SLUG, publish_showcase
from tests.e2e.test_pages import TAGS, run_axe
from tests.servers import Server

pytestmark = pytest.mark.browser
AS_SERVED = {
    "Content-Type": "image/svg+xml; charset=utf-8",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
SHIFTS = """() => { window.shift = 0
  const add = list => { for (const one of list.getEntries()) window.shift += one.value }
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true }) }"""
LATER = """media => new Promise((done, fail) => {
  media.onseeked = () => done(media.currentTime); media.onerror = () => fail(media.error.message)
  media.currentTime = %d })"""


@dataclass(frozen=True)
class Showcase:
    """The demonstration with the module of media, and the officer who reads it."""

    server: Server
    record: Record
    browser: Browser

    def reader(self, language: str = "fr", **options: Any) -> Reader:
        """Sign the officer in."""
        one = Reader(self.browser, self.server.url, **options)
        one.has_cookie(self.record.cookie(OFFICER, language=language))
        return one


@pytest.fixture(scope="module")
def showcase(
    browser: Browser, prepared_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Showcase]:
    """Serve the module with every kind of media; the tests only read."""
    folder = tmp_path_factory.mktemp("showcase")
    database = prepared.copy(prepared_database, folder)
    record = Record(database)
    publish_showcase(record, folder / "content", reader=OFFICER)
    with Server(f"sqlite:///{database}", folder, DEMO="true") as server:
        yield Showcase(server, record, browser)
    record.close()


@pytest.fixture
def page(showcase: Showcase) -> Iterator[Page]:
    """Open the page of media in French."""
    one = showcase.reader(reduced_motion="reduce")
    page = one.page()
    page.goto(PAGE)
    yield page
    one.close()


def test_the_page_is_accessible_and_moves_nothing_while_it_loads(page: Page) -> None:
    page.evaluate(SHIFTS)
    page.reload()
    page.evaluate(SHIFTS)
    page.get_by_role("img", name="Le comptoir").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.02
    for summary in page.locator("details.transcript summary").all():
        summary.click()
    assert run_axe(page, TAGS) == []
    page.emulate_media(color_scheme="dark")
    assert run_axe(page, ["color-contrast"], kind="rule") == []


def test_pictures_say_their_size_and_wait_their_turn(page: Page) -> None:
    diagram = page.get_by_role("img", name="Trois gestes")
    assert diagram.evaluate("one => one.complete && one.naturalWidth > 0")
    assert (diagram.get_attribute("width"), diagram.get_attribute("height")) == ("640", "200")
    assert diagram.get_attribute("loading") is None
    picture = page.get_by_role("img", name="Le comptoir")
    assert picture.get_attribute("loading") == "lazy"
    assert (picture.get_attribute("width"), picture.get_attribute("height")) == ("640", "360")


def test_a_film_plays_with_its_captions_and_its_transcript(page: Page) -> None:
    film = page.get_by_label("Un café offert").first
    assert film.evaluate("one => one.play().then(() => !one.paused)")
    told = "one => [...one.textTracks].map(t => [t.kind, t.language, t.label, t.mode])"
    assert sorted(film.evaluate(told)) == [
        ["captions", "en", "English", "disabled"],
        ["captions", "fr", "Français", "showing"],
    ]
    page.wait_for_function("document.querySelector('video').textTracks[1].cues?.length === 1")
    film.evaluate("one => one.pause()")
    transcript = page.locator("details.transcript").first
    expect(transcript.get_by_text("Je préfère payer")).to_be_hidden()
    transcript.get_by_text("Transcription").press("Enter")
    expect(transcript.get_by_text("Je préfère payer")).to_be_visible()


def test_one_may_go_to_any_moment_of_a_sound(page: Page) -> None:
    parts: list[tuple[int, str]] = []

    def note(answer: Any) -> None:
        if "/media/" in answer.url and answer.request.headers.get("range"):
            parts.append((answer.status, answer.headers.get("content-range", "")))

    page.on("response", note)
    sound = page.locator("audio")
    assert sound.evaluate(LATER % (SECONDS - 5)) == pytest.approx(SECONDS - 5, abs=1)
    assert sound.evaluate("one => one.play().then(() => one.error)") is None
    assert parts
    assert {status for status, _ in parts} == {206}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_definition_opens_by_the_keyboard_and_escape_closes_it(
    showcase: Showcase, scripts: bool
) -> None:
    one = showcase.reader(java_script_enabled=scripts)
    page = one.page()
    page.goto(PAGE)
    term = page.get_by_role("button", name="référent déontologue")
    definition = page.locator("#terme-referent-deontologue")
    expect(term).to_have_count(1)
    expect(definition).to_be_hidden()
    term.focus()
    page.keyboard.press("Enter")
    expect(definition).to_be_visible()
    page.keyboard.press("Tab")
    expect(definition.get_by_role("link", name="Glossaire")).to_be_focused()
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire?terme=referent-deontologue#referent-deontologue")
    expect(page.locator(":target dt")).to_contain_text("Référent déontologue")
    one.close()


def test_the_mouse_opens_a_definition_that_stays_until_it_leaves(page: Page) -> None:
    term = page.get_by_role("button", name="CGFP")
    definition = page.locator("#terme-cgfp")
    term.hover()
    expect(definition).to_be_visible()
    definition.hover()
    page.wait_for_timeout(600)
    expect(definition).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    page.mouse.move(2, 2)
    term.hover()
    expect(definition).to_be_visible()
    page.mouse.move(2, 2)
    expect(definition).to_be_hidden()
    term.click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(600)
    expect(definition).to_be_visible()
    page.mouse.click(2, 400)
    expect(definition).to_be_hidden()


def test_a_definition_opens_by_touch_inside_the_screen(showcase: Showcase) -> None:
    phone = {"width": 320, "height": 640}
    one = showcase.reader(viewport=phone, has_touch=True, is_mobile=True)
    page = one.page()
    page.goto(PAGE)
    for term in page.locator(".term").all():
        term.tap()
        box = page.locator(".definition:popover-open").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= phone["width"]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= phone["height"]
        page.touchscreen.tap(310, 635)
    assert page.locator(".term").count() >= 3
    one.close()


def test_a_translation_that_is_behind_says_so(showcase: Showcase) -> None:
    one = showcase.reader("en", locale="en-GB")
    page = one.page()
    page.goto(PAGE)
    expect(page.get_by_text("Translation being updated")).to_be_visible()
    expect(page.get_by_text("Transcript (Français)").first).to_be_visible()
    assert run_axe(page, TAGS) == []
    page.goto(f"/modules/{SLUG}")
    expect(page.get_by_text("Translation being updated")).to_be_visible()
    one.close()


def test_hostile_drawings_that_would_slip_through_still_do_nothing(browser: Browser) -> None:
    """Serve each as we serve diagrams: seen in an image, and opened by its address."""
    asked: list[str] = []
    said: list[str] = []
    context = browser.new_context()
    shown = range(len(HOSTILE))
    body = "".join(f"<img src=/{rank}.svg><iframe src=/{rank}.svg></iframe>" for rank in shown)
    body += "<iframe src=/control></iframe>"

    def serve(route: Any) -> None:
        asked.append(route.request.url)
        name = route.request.url.removeprefix("https://ours.example/").removesuffix(".svg")
        if name == "page":
            route.fulfill(body=f"<!doctype html>{body}", content_type="text/html")
        elif name == "control":  # Without the headers it would run.
            route.fulfill(body=HOSTILE[0], headers={"Content-Type": "image/svg+xml"})
        elif name.isdigit():
            route.fulfill(body=HOSTILE[int(name)], headers=AS_SERVED)
        else:
            route.abort()

    context.route("**/*", serve)
    context.add_init_script("window.alert = () => console.log('ran')")
    context.on("console", lambda message: said.append(message.text))
    page = context.new_page()
    page.goto("https://ours.example/page", wait_until="networkidle")
    assert len(page.frames) >= len(HOSTILE) + 2
    assert said.count("ran") == 1
    assert [url for url in asked if not url.startswith("https://ours.example/")] == []
    context.close()
