"""Make the pictures of the README: the demonstration, as its readers see it.

python -m tests.e2e.screenshots              the pictures of docs/images
python -m tests.e2e.screenshots --trainers   those of the trainers' guide alone
python -m tests.e2e.screenshots --all FOLDER every page of every role, to be looked at
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.certificates.document import Document, qr_code, template
from tests.e2e import prepared
from tests.e2e.album import open_page, shoot_all
from tests.e2e.browser import launched
from tests.e2e.hr_walk import walk
from tests.e2e.record import SLUG
from tests.e2e.serving import Site, serve_pages
from tests.servers import ROOT

IMAGES = ROOT / "docs" / "images"
COLOURS = 128
HR = {"rh-comparaison", "rh-evolution", "rh-service"}
"""Of HR's way, the pictures that its guide shows."""
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000
"""Milliseconds given to a page that reads every module first."""


def main() -> None:
    """Make what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="shoot every page into FOLDER")
    parser.add_argument("--only", default="", help="with --all: addresses that hold this text")
    parser.add_argument("--trainers", action="store_true", help="the trainers' guide alone")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = stack.enter_context(launched())
        if not asked.all and not asked.trainers:
            with serve_pages(prepared.prepare(folder), folder) as site:
                shoot_readme(browser, site)
            keep(draw_certificate(), "attestation")
        site = stack.enter_context(serve_pages(prepared.prepare_pages(folder), folder))
        if asked.all:
            shoot_all(browser, site, asked.all, asked.only)
        else:
            shoot_trainers(browser, site)


def shoot_readme(browser: Browser, site: Site) -> None:
    """Take the pictures that the README shows."""
    page = open_page(browser, site, "agent", "fr", viewport=DESK)
    page.goto("/")
    keep(page.screenshot(), "accueil")
    page.goto(f"/apprendre/{SLUG}/etapes/rester-libre")
    keep(page.screenshot(), "etape")
    keep(walk_into_dilemma(page), "dilemme")
    result = f"/apprendre/{SLUG}/tentatives/{site.things('supervisor')['submitted']}/resultat"
    for role, where, name in (
        ("supervisor", result, "resultat"),
        ("hr", "/rh/situation", "situation"),
        ("trainer", f"/formateur/modules/{SLUG}", "formateur"),
    ):
        page = open_page(browser, site, role, "fr", viewport=DESK)
        page.goto(where)
        keep(page.screenshot(), name)
    page = open_page(browser, site, "hr", "fr", viewport=DESK)
    walk(page, lambda name: keep(page.screenshot(full_page=True), name) if name in HR else None)
    phone = open_page(browser, site, "agent", "fr", viewport=PHONE, color_scheme="dark")
    phone.goto(f"/apprendre/{SLUG}/etapes/rester-libre")
    keep(phone.screenshot(), "mobile")


def shoot_trainers(browser: Browser, site: Site) -> None:
    """Take the pictures of the trainers' guide, from the first page to the publication."""
    page = open_page(browser, site, "trainer", "fr", viewport=DESK)
    draft = f"/formateur/brouillons/{site.things('trainer')['draft_id']}"
    for where, name in (
        ("/formateur/", "formateur-accueil"),
        (draft, "formateur-brouillon"),
        (f"{draft}/traduction/module.en.md#bloc-2", "formateur-traduire"),
    ):
        page.goto(where, timeout=PATIENCE)
        keep(page.screenshot(full_page=where == draft), name)
    page.goto(f"{draft}/fichiers/module.md")
    expect(page.locator("[data-beside-state]")).to_contain_text("À jour", timeout=PATIENCE)
    page.locator(".desk").evaluate("one => one.scrollIntoView()")
    keep(page.screenshot(), "formateur-ecrire")
    reviewer = open_page(browser, site, "supervisor", "fr", viewport=DESK)
    for where, name in (
        (f"{draft}/relecture/banques/questions.md?ligne=2", "formateur-relire"),
        (f"{draft}/publication", "formateur-publier"),
        (f"/formateur/modules/{SLUG}/analyse/1", "formateur-analyse"),
    ):
        reviewer.goto(where, timeout=PATIENCE)
        keep(reviewer.screenshot(), name)


def walk_into_dilemma(page: Page) -> bytes:
    """Make a first choice in a dilemma, and show where it leads."""
    page.goto(f"/apprendre/{SLUG}/etapes/sur-le-terrain")
    story = page.locator("[data-exercise]:has(button.decision)").first
    if not story.count():
        page.goto(f"/apprendre/{SLUG}/etapes/activites")
    story.locator("button.decision").first.click()
    expect(page.locator("[data-exercise] .scene").nth(1)).to_be_visible()
    story.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 40)")
    return page.screenshot()


def draw_certificate() -> bytes:
    """Draw a certificate by the very template of the PDF."""
    address = "https://exemplarite.example/verifier/7K3M9Q2XTB"
    document = Document(
        language="fr", holder="Inès Carpentier", title="Probité, cadeaux et conflits d’intérêts",
        version="1", minutes="30", organisation="Ministère de démonstration",
        completed_on="23 novembre 2026", issued_on="23 novembre 2026",
        valid_until="23 novembre 2029", by_equivalence=False,
        serial="7K3M9-Q2XTB-V8H4D-N6RCE-1WYZP-A", address=address,
    )  # fmt: skip
    values = asdict(document) | {"qr": qr_code(document.address)}
    picture = typst.compile(
        template(), format="png", ppi=96, ignore_system_fonts=True,
        sys_inputs={"certificate": json.dumps(values, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(picture, bytes)
    return picture


def keep(picture: bytes, name: str) -> None:
    """Keep a picture in few colours, so that the repository stays light."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    image.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
