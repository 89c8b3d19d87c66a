"""What an agent does on a phone is in sight there: a table that goes on to the right hides it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import Reader
from tests.e2e.conftest import Site
from tests.e2e.record import SLUG

pytestmark = pytest.mark.browser
PAGES = ("/attestations", "/mon-dossier", "/mon-compte", f"/apprendre/{SLUG}/evaluation")
HIDDEN = """() => [...document.querySelectorAll(".table a, .table button, .table .tag")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_every_act_of_a_table_of_ones_own_is_in_sight(browser: Browser, site: Site) -> None:
    reader = Reader(browser, site.server.url, viewport={"width": 360, "height": 740})
    reader.has_cookie(site.cookie("agent", "fr"))
    page = reader.page()
    hidden, acts = {}, 0
    for path in PAGES:
        page.goto(path)
        acts += page.locator(".table a").count()
        hidden[path] = page.evaluate(HIDDEN)
    reader.close()

    assert acts
    assert not any(hidden.values()), hidden
