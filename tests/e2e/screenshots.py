"""Make the pictures of the README, or shoot every page to look at: ``--all FOLDER``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from app.i18n import LANGUAGES
from tests.e2e import prepared
from tests.e2e.browser import Reader, launched
from tests.e2e.cast import CAST
from tests.e2e.serving import Site, serve_pages
from tests.servers import ROOT

PICTURES = ROOT / "docs" / "images"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
HEAVIEST = 200_000


@dataclass(frozen=True)
class Picture:
    """What a picture of the README shows: whose screen, where, scrolled to what."""

    name: str
    role: str
    path: str
    scroll_to: str = ""
    size: dict[str, int] = field(default_factory=lambda: WIDE)


STEP = "/apprendre/{slug}/etapes"
SHOWN = (
    Picture("accueil", "agent", "/"),
    Picture("etape", "agent", f"{STEP}/rester-libre", "main .callout"),
    Picture("dilemme", "agent", f"{STEP}/sur-le-terrain", "[data-exercise]:has(.scene)"),
    Picture("resultat", "supervisor", "/apprendre/{slug}/tentatives/{submitted}/resultat"),
    Picture("attestation", "visitor", "/verifier/{serial}"),
    Picture("situation", "hr", "/rh/situation"),
    Picture("formateur", "trainer", "/formateur/modules/{slug}"),
    Picture("mobile", "agent", f"{STEP}/cadeaux", size=NARROW),
)


def main() -> None:
    """Make the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="shoot every page into FOLDER")
    parser.add_argument("--only", default="", help="with --all: addresses that hold this text")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site = stack.enter_context(serve_pages(prepared.prepare_pages(folder), folder))
        browser = stack.enter_context(launched())
        if asked.all:
            shoot_all(browser, site, asked.all, asked.only)
        else:
            shoot_readme(browser, site)


def shoot_readme(browser: Browser, site: Site) -> None:
    """Make the pictures of the README anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for picture in SHOWN:
        page = open_page(browser, site, picture.role, "fr", viewport=picture.size)
        page.goto(picture.path.format(**site.things(picture.role)))
        if picture.scroll_to:
            page.locator(picture.scroll_to).first.evaluate(
                "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 120)"
            )
        file = PICTURES / f"{picture.name}.png"
        page.screenshot(path=file)
        page.context.close()
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")
        assert file.stat().st_size < HEAVIEST


def shoot_all(browser: Browser, site: Site, folder: Path, only: str) -> None:
    """Shoot every page whole: narrow and wide, light and dark, in each language."""
    for size, scheme, language in product((NARROW, WIDE), ("light", "dark"), LANGUAGES):
        into = folder / f"{size['width']}-{scheme}-{language}"
        into.mkdir(parents=True, exist_ok=True)
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
        yield f"{role}{plain.rstrip('-')}"[:120], address.path


def open_page(browser: Browser, site: Site, role: str, language: str, **options: Any) -> Page:
    """Open a tab of a role."""
    reader = Reader(browser, site.server.url, **options)
    reader.has_cookie(site.cookie(role, language))
    return reader.page()


if __name__ == "__main__":
    main()
