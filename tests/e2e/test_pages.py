"""Every page for every role in a browser: accessible, quiet, and whole on a narrow screen."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from app.i18n import LANGUAGES
from tests.e2e.browser import Reader
from tests.e2e.cast import CAST
from tests.e2e.conftest import Site, shared_folder

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast", "link-in-text-block"]
EVERY_COLOUR = "EVERY_COLOUR" in os.environ
"""Look at the contrast of each new page, not only of what has a new shape: twice as long."""
SPARING = {"resultTypes": ["violations"], "selectors": False, "preload": False}
"""Nothing is made that is not read: no path to each element, no stylesheet asked for again."""
RUN = """async (options) => (await axe.run(%s, options)).violations
  .map((one) => `${one.id}: ${one.nodes[0].html} ${one.nodes[0].failureSummary}`)"""
WIDE, NARROW, ZOOMED = (1280, 900), (320, 640), (640, 450)
"""The last is the first at 200 %, the one between at 400 %."""
FRAME = """() => [document.querySelectorAll("h1").length, document.title]"""
SHAPES = """() => {
  const told = /^(aria-(current|disabled|busy|sort|invalid|checked|selected)|data-beside.*|style)$/;
  const shape = (one) => [one.tagName, ...one.classList].join(".") + [...one.attributes]
    .map(({name, value}) => told.test(name) || name === "type" ? `[${name}=${value}]` : `[${name}]`)
    .sort().join("");
  const places = new Map([[document.body, ""]]);
  for (const one of document.body.querySelectorAll("*"))
    places.set(one, `${places.get(one.parentElement)}>${shape(one)}`);
  window.placesOfShapes = places;
  return [...new Set(places.values())];
}"""
"""What an element is and stands in, for each: kept in the page for `NEW_PARTS`."""
NEW_PARTS = """(shapes) => {
  const places = window.placesOfShapes, wanted = new Set(shapes);
  const isNew = (one) => wanted.has(places.get(one));
  window.newParts = [...places.keys()].filter((one) => isNew(one) && !isNew(one.parentElement));
}"""
"""Of the elements of these shapes, those that stand in none: the others are within them."""
OVERFLOW = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table")
    && document.documentElement.scrollWidth > innerWidth)
  .slice(-3).map((one) => one.outerHTML.slice(0, 120))"""
TOKEN = re.compile(r'(name="csrf_token" value|name="token" value|data-\w+)="[^"]*"')
"""What changes at each visit."""
WORDS = re.compile(r"(?<=>)[^<]*[^<\s][^<]*(?=<)")
WORDY = re.compile(r' (alt|aria-label|content|href|placeholder|title|value)="[^"]+"')
"""What may differ between two pages of one make, where there is something."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", CAST)
def test_every_page_of_a_role(
    browser: Browser, site: Site, role: str, language: str, looked_at: Path
) -> None:
    # A colour on its way to another has no contrast to measure.
    reader = Reader(browser, site.server.url, reduced_motion="reduce")
    reader.expected.append("404")
    reader.has_cookie(site.cookie(role, language))
    page = reader.page()
    trouble: list[str] = []
    for address in site.addresses(role):
        answer = page.goto(address.path)
        assert answer is not None
        assert answer.status == address.status, address
        found = look(page, looked_at)
        trouble += [f"{address.path}: {one}" for one in found]
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    page.get_by_role("button", name="Menu").click()
    trouble += [f"menu: {one}" for one in run_axe(page, TAGS)]
    reader.close()
    assert trouble == []


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Remember the parts that any process looked at: the same part for another role is not new."""
    folder = shared_folder(tmp_path_factory, worker_id) / "looked-at"
    folder.mkdir(exist_ok=True)
    return folder


def look(page: Page, looked_at: Path) -> list[str]:
    """List what is wrong with a page, in light and dark, wide and narrow."""
    found = check_frame(page)
    html = TOKEN.sub("", page.content())
    if not is_new(html, looked_at):
        return found
    for width, height in (NARROW, ZOOMED, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {width}: {page.evaluate(OVERFLOW)}")
    if not (is_new(WORDY.sub(r" \1", WORDS.sub("…", html)), looked_at) or EVERY_COLOUR):
        return found
    found += run_axe(page, TAGS, without=CONTRAST)
    if not (find_new_parts(page, looked_at) or EVERY_COLOUR):
        return found
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours = run_axe(page, CONTRAST, kind="rule", new_parts=not EVERY_COLOUR)
        found += [f"{scheme}: {one}" for one in colours]
    page.emulate_media(color_scheme="light")
    return found


def check_frame(page: Page) -> list[str]:
    """Check what every page has: one h1, a title of its own."""
    found = []
    headings, title = page.evaluate(FRAME)
    if headings != 1:
        found.append("not one h1")
    if not re.fullmatch(r"\S.* · Exemplarité", title):
        found.append(f"title: {title!r}")
    return found


def is_new(html: str, looked_at: Path) -> bool:
    """Tell whether the header or the body of this page was not looked at before."""
    head, _, body = html.partition("<main")
    header = re.sub(r"<title>.*?</title>|aria-current=\"page\"|href=\"[^\"]*\"", "", head)
    return note([header, body], looked_at)


def find_new_parts(page: Page, looked_at: Path) -> bool:
    """Tell whether something of this page stands in a place that had no colours seen yet.

    Colours follow from what an element is and stands in, not from its words: of the two languages,
    and of all the pages alike, one is enough. The page then knows its new parts.
    """
    shapes = page.evaluate(SHAPES)
    new = [shape for shape in shapes if note([shape], looked_at)]
    page.evaluate(NEW_PARTS, new)
    return bool(new)


def note(parts: list[str], looked_at: Path) -> bool:
    """Tell whether one of these was not looked at before, and remember that they are now."""
    marks = [looked_at / sha256(part.encode()).hexdigest() for part in parts]
    is_new = not all(mark.exists() for mark in marks)
    for mark in marks:
        mark.touch()
    return is_new


def run_axe(
    page: Page,
    values: list[str],
    kind: str = "tag",
    without: Sequence[str] = (),
    new_parts: bool = False,
) -> list[str]:
    """Run axe with these tags or rules, on the page or on its new parts; list what it finds."""
    options: dict[str, Any] = SPARING | {
        "runOnly": {"type": kind, "values": values},
        "rules": {rule: {"enabled": False} for rule in without},
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    part = "window.newParts" if new_parts else "document"
    return list(page.evaluate(RUN % part, options))
