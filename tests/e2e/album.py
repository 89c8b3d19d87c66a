"""Every page of every role in pictures: on a phone and a desk, light and dark, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from app.i18n import LANGUAGES
from tests.e2e.browser import Reader
from tests.e2e.cast import CAST
from tests.e2e.serving import Site

WIDTHS = (390, 1280)
LONGEST_NAME = 120


def shoot_all(browser: Browser, site: Site, folder: Path, only: str) -> None:
    """Shoot the whole of every page whose address holds ``only``."""
    for scheme, language, width in product(("light", "dark"), LANGUAGES, WIDTHS):
        into = folder / f"{width}-{scheme}-{language}"
        into.mkdir(parents=True, exist_ok=True)
        size = {"width": width, "height": 800}
        for role in CAST:
            page = open_page(browser, site, role, language, viewport=size, color_scheme=scheme)
            for name, path in names_of(site, role):
                if only in path:
                    page.goto(path)
                    page.screenshot(path=into / f"{name}.png", full_page=True)
            page.context.close()


def names_of(site: Site, role: str) -> Iterator[tuple[str, str]]:
    """Name the pictures of a role after their addresses."""
    for address in site.addresses(role):
        plain = "".join(letter if letter.isalnum() else "-" for letter in address.path)
        yield f"{role}{plain.rstrip('-')}"[:LONGEST_NAME], address.path


def open_page(browser: Browser, site: Site, role: str, language: str, **options: Any) -> Page:
    """Open a tab of a role."""
    reader = Reader(browser, site.server.url, **options)
    reader.has_cookie(site.cookie(role, language))
    return reader.page()
