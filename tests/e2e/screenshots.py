"""Make the pictures of the README: the demonstration, as its readers see it.

python -m tests.e2e.screenshots           the pictures of docs/images
python -m tests.e2e.screenshots --all DIR every page of every role, at both widths and themes
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Browser, Page

from app.certificates.document import Document, qr_code, template
from tests.e2e import prepared
from tests.e2e.browser import Reader, launched
from tests.servers import ROOT, Server

IMAGES = ROOT / "docs" / "images"
COLOURS = 128
ROOMS = {
    "agent": (
        "/", "/modules", "/modules/probite-conflits", "/apprendre/probite-conflits",
        "/mon-dossier", "/que-faire-si", "/mes-contacts", "/mon-compte", "/attestations",
    ),
    "encadrant": ("/", "/mes-equipes"),
    "formateur": ("/formateur/", "/formateur/modules/probite-conflits"),
    "rh": ("/", "/rh/situation", "/rh/suivi", "/campagnes", "/campagnes/nouvelle"),
    "admin": ("/administration/personnes", "/administration/reglages", "/administration/journal"),
}  # fmt: skip
"""The pages of each role of the demonstration."""


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve a demonstration of its own; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        database = prepared.prepare(Path(folder))
        with Server(f"sqlite:///{database}", Path(folder), DEMO="true") as server:
            yield server.url


def sign_in(page: Page, role: str) -> None:
    """Sign in with the demonstration's button of a role."""
    page.goto("/connexion")
    page.locator(f"form[action$='/connexion/demo/{role}'] button").click()
    page.wait_for_url("**/")


def keep(picture: bytes, name: str) -> None:
    """Keep a picture in few colours, so that the repository stays light."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    image.save(IMAGES / f"{name}.png", optimize=True)


def shoot_readme(browser: Browser, url: str) -> None:
    """Take the pictures that the README shows."""
    agent = Reader(browser, url)
    page = agent.page()
    sign_in(page, "agent")
    keep(page.screenshot(), "accueil")
    page.goto("/apprendre/probite-conflits")
    keep(page.screenshot(), "etape")
    for step in page.locator(".outline a").all()[2:]:
        step.click()
        if page.locator("button.decision").count():
            break
    page.locator("button.decision").first.scroll_into_view_if_needed()
    page.locator("button.decision").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("button.decision").first.scroll_into_view_if_needed()
    keep(page.screenshot(), "dilemme")
    agent.context.close()
    for role, where, name in (
        ("rh", "/rh/situation", "situation"),
        ("formateur", "/formateur/modules/probite-conflits", "formateur"),
    ):
        reader = Reader(browser, url)
        page = reader.page()
        sign_in(page, role)
        page.goto(where)
        keep(page.screenshot(), name)
        reader.context.close()
    phone = Reader(browser, url, viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = phone.page()
    sign_in(page, "agent")
    page.goto("/apprendre/probite-conflits")
    keep(page.screenshot(), "mobile")
    phone.context.close()


def draw_certificate(url: str) -> None:
    """Draw a certificate by the very template of the PDF."""
    document = Document(
        language="fr", holder="Inès Carpentier", title="Probité, cadeaux et conflits d’intérêts",
        version="2", minutes="30", organisation="Ministère de démonstration",
        completed_on="23 novembre 2026", issued_on="23 novembre 2026",
        valid_until="23 novembre 2029", by_equivalence=False,
        serial="7K3M9-Q2XTB-V8H4D-N6RCE-1WYZP-A", address=f"{url}/verifier/7K3M9Q2XTB",
    )  # fmt: skip
    values = asdict(document) | {"qr": qr_code(document.address)}
    picture = typst.compile(
        template(), format="png", ppi=96, ignore_system_fonts=True,
        sys_inputs={"certificate": json.dumps(values, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(picture, bytes)
    keep(picture, "attestation")


def shoot_all(browser: Browser, url: str, folder: Path) -> None:
    """Take every page of every role, on a phone and a desk, light and dark, in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, pages in ROOMS.items():
        for width in (390, 1280):
            for theme in ("light", "dark"):
                for language in ("fr", "en"):
                    reader = Reader(
                        browser, url, viewport={"width": width, "height": 900},
                        color_scheme=theme, locale=language,
                    )  # fmt: skip
                    page = reader.page()
                    sign_in(page, role)
                    for where in pages:
                        page.goto(where)
                        name = where.strip("/").replace("/", "-") or "accueil"
                        page.screenshot(
                            path=folder / f"{role}-{name}-{width}-{theme}-{language}.png",
                            full_page=True,
                        )
                    reader.context.close()


def main() -> None:
    """Make what the command line asks for."""
    with demonstration() as url, launched() as browser:
        if sys.argv[1:2] == ["--all"]:
            shoot_all(browser, url, Path(sys.argv[2]))
        else:
            shoot_readme(browser, url)
            draw_certificate("https://exemplarite.example")


if __name__ == "__main__":
    main()
