"""Put a picture in a text: by mouse or keyboard alone in the editor, or by the plain form."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.trainer import Hands
from tests.pictures import png

OPENER = "Image, son ou film"
WORDS = "Le comptoir d'un café"
WRITTEN = f"![{WORDS}](media/le-comptoir.png)"
WIDTH = 640
PLACE = "{#premiere-etape}"
"""What the line ends with under which the picture stands."""


def lay(folder: Path, name: str = "Le comptoir.png", data: bytes = b"") -> str:
    """Write a file that a trainer has on their computer; give its path."""
    path = folder / name
    path.write_bytes(data or png(WIDTH, 360))
    return str(path)


def add_picture(hands: Hands, folder: Path) -> None:
    """Put a picture under the heading of the first step of the text on the page."""
    if hands.has_editor():
        insert_picture(hands, lay(folder))
    else:
        send_picture(hands, lay(folder))
    assert f"{PLACE}\n\n{WRITTEN}\n" in hands.read()
    expect(hands.page.locator(".saved")).to_contain_text("Enregistré à")


def insert_picture(hands: Hands, path: str) -> None:
    """Choose and describe it in the dialog, which writes its line."""
    page = hands.page
    hands.stand_after(PLACE)
    for _ in range(2):
        page.keyboard.press("Enter")
    hands.activate(page.get_by_role("button", name=OPENER))
    dialog = page.get_by_role("dialog", name="Ajouter un média")
    hands.choose(dialog.get_by_label("Fichier", exact=True), path)
    hands.type("Texte alternatif", WORDS)
    hands.activate(dialog.get_by_role("button", name="Ajouter et insérer"))
    expect(dialog).to_be_hidden()


def send_picture(hands: Hands, path: str) -> None:
    """Send it by the form of the draft, and write its line."""
    page = hands.page
    hands.press(OPENER, "link")
    hands.choose(page.get_by_label("Fichier", exact=True), path)
    hands.type("Texte alternatif de l’image", WORDS)
    hands.press("Ajouter ce média")
    expect(page.get_by_text("Pour le montrer, écrivez dans un texte")).to_contain_text(WRITTEN)
    hands.press("Module", "link")
    hands.write(hands.read().replace(PLACE, f"{PLACE}\n\n{WRITTEN}", 1))
    hands.press("Enregistrer")


def see_picture(page: Page) -> None:
    """See the picture whole, on the page of a step."""
    seen = page.get_by_role("img", name=WORDS)
    seen.scroll_into_view_if_needed()
    expect(seen).to_be_visible()
    expect(seen).to_have_js_property("naturalWidth", WIDTH)
