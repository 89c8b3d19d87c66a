"""What is printed says what it is about."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import Reader
from tests.e2e.conftest import Site

pytestmark = pytest.mark.browser


def test_each_situation_is_printed_under_its_title(browser: Browser, site: Site) -> None:
    reader = Reader(browser, site.server.url)
    reader.has_cookie(site.cookie("agent", "fr"))
    page = reader.page()
    page.goto("/que-faire-si")
    page.emulate_media(media="print")
    situations = page.locator(".situations > details")
    expect(situations).not_to_have_count(0)
    for situation in situations.all():
        expect(situation.locator("h2")).to_be_visible()
        expect(situation.locator(".prose")).to_be_visible()
    reader.close()
