"""Trainers put pictures and films in a text: chosen, pasted or dropped."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenReader
from tests.e2e.keys_only import answer_chooser, wait_for_file
from tests.e2e.picturing import OPENER, WORDS, WRITTEN, lay
from tests.e2e.record import Record
from tests.e2e.test_pages import TAGS, run_axe
from tests.e2e.test_writing import LOST, SAVED, WITHIN
from tests.e2e.writing_desk import Desk, editor
from tests.pictures import png
from tests.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.one_server]
FILM = ROOT / "tests" / "e2e" / "showcase" / "film.webm"
GIVE = """(field, [kind, files, words]) => {
  const data = new DataTransfer()
  if (words) data.setData("text/plain", words)
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), one => one.charCodeAt(0))
    data.items.add(new File([bytes], name, { type }))
  }
  const { right: clientX, bottom: clientY } = field.getBoundingClientRect()
  const options = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data,
    clientX, clientY }
  const event = kind === "paste" ? new ClipboardEvent(kind, options) : new DragEvent(kind, options)
  return !field.dispatchEvent(event)
}"""


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture
def desk(reader: OpenReader, record: Record) -> Desk:
    desk = Desk(reader(reduced_motion="reduce"), record)
    desk.open_editor()
    expect(desk.page.locator("[data-media-hint]")).to_be_visible()
    return desk


def give(field: Locator, kind: str, *names: str, words: str = "") -> bool:
    """Paste or drop pictures, with their words if any; tell whether the page took them."""
    files = [[name, "image/png", encoded(png(8, 6 + len(name)))] for name in names]
    return bool(field.evaluate(GIVE, [kind, files, words]))


def describe(page: Page, words: str = WORDS) -> None:
    dialog = page.get_by_role("dialog", name="Ajouter un média")
    dialog.get_by_label("Texte alternatif").fill(words)
    dialog.get_by_role("button", name="Ajouter et insérer").click()


def test_a_picture_is_chosen_described_and_inserted_by_keyboard_alone(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.page
    answer_chooser(page, lay(tmp_path))
    editor(page).press("Control+End")
    opener = page.get_by_role("button", name=OPENER)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Ajouter un média")
    expect(dialog.get_by_label("Fichier", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    wait_for_file(dialog.get_by_label("Fichier", exact=True))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("sans ces mots, rien n’est ajouté")
    expect(dialog.get_by_label("Texte alternatif")).to_be_focused()
    assert "media/" not in page.locator("#texte").input_value()
    assert run_axe(page, TAGS) == []
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#texte")).to_have_value(re.compile(re.escape(WRITTEN) + "$"))
    expect(page.locator(".saved")).to_have_text(SAVED, timeout=WITHIN)
    assert desk.text().endswith(WRITTEN)
    page.keyboard.press("Control+z")
    expect(page.locator("#texte")).not_to_have_value(re.compile(re.escape(WRITTEN)))


def test_pictures_are_pasted_and_dropped_one_after_another(desk: Desk) -> None:
    page = desk.page
    editor(page).press("Control+End")
    assert give(page.locator(".cm-content"), "paste", "image.png")
    describe(page, "Collée")
    expect(page.locator("#texte")).to_have_value(re.compile(r"!\[Collée\]\(media/image\.png\)$"))
    assert give(page.locator(".cm-line").last, "drop", "une.png", "deux.png")
    describe(page, "Déposée")
    expect(page.get_by_role("dialog").locator("[data-name]")).to_contain_text("deux.png")
    page.keyboard.press("Escape")
    expect(page.locator("#texte")).to_have_value(re.compile(r"\)!\[Déposée\]\(media/une\.png\)$"))
    assert "deux.png" not in page.locator("#texte").input_value()
    # A word processor puts a picture of its words beside them: the words are meant.
    assert give(page.locator(".cm-content"), "paste", "mots.png", words=" Des mots.")
    expect(page.locator("#texte")).to_have_value(re.compile("Des mots"))
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_picture_is_pasted_in_the_plain_field(reader: OpenReader, record: Record) -> None:
    one = reader()
    one.expected += LOST
    one.context.route("**/built/editor.js*", lambda route: route.abort())
    desk = Desk(one, record)
    page, field = desk.page, desk.page.locator("#texte")
    expect(page.locator("[data-media-hint]")).to_be_visible()
    field.fill("Avant. Après.")
    field.evaluate("one => { one.focus(); one.setSelectionRange(7, 7) }")
    assert give(field, "paste", "a.png")
    describe(page)
    expect(field).to_have_value(f"Avant. ![{WORDS}](media/a.png)Après.")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Avant. Après.")


def test_a_refused_file_leaves_the_text_and_says_why(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    desk.reader.expected.append("422")
    before = page.locator("#texte").input_value()
    page.get_by_role("button", name=OPENER).click()
    dialog = page.get_by_role("dialog", name="Ajouter un média")
    dialog.get_by_label("Fichier", exact=True).set_input_files(lay(tmp_path, "a.png", b"<svg/>"))
    describe(page)
    expect(dialog.get_by_role("alert")).to_contain_text("Un dessin en SVG")
    expect(dialog.get_by_label("Texte alternatif")).to_have_value(WORDS)
    dialog.get_by_label("Fichier", exact=True).set_input_files(
        lay(tmp_path, "b.png", bytes(8_000_001))
    )
    expect(dialog.get_by_role("alert")).to_contain_text("dépasse 8 Mo")
    page.keyboard.press("Escape")
    assert page.locator("#texte").input_value() == before


def test_a_film_is_sent_with_what_it_needs_and_plays(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    page.get_by_role("button", name=OPENER).click()
    dialog = page.get_by_role("dialog", name="Ajouter un média")
    dialog.get_by_label("Fichier", exact=True).set_input_files(str(FILM))
    dialog.get_by_label("Titre du film ou du son").fill("Un café offert")
    captions = b"WEBVTT\n\n00:00.000 --> 00:02.000\nMerci.\n"
    dialog.get_by_label("Sous-titres du film").set_input_files(lay(tmp_path, "x.vtt", captions))
    dialog.get_by_label("Transcription du film ou du son").fill("Merci.")
    assert run_axe(page, TAGS) == []
    dialog.get_by_role("button", name="Ajouter et insérer").click()
    # The text was not entered yet: what is added does not come before its options.
    expect(page.locator("#texte")).to_have_value(re.compile(r"\n\n\[.+\]\(media/film\.webm\)\n\n$"))
    page.goto(f"/formateur/brouillons/{desk.draft_id}")
    listed = page.get_by_role("region", name="Médias du brouillon")
    for name in ("film.webm", "film.fr.vtt", "film.transcription.fr.md"):
        expect(listed.get_by_role("link", name=f"media/{name}")).to_be_visible()
    source = listed.get_by_role("link", name="media/film.webm").get_attribute("href")
    assert plays(page, source)
    assert run_axe(page, TAGS) == []


def plays(page: Page, source: str | None) -> Any:
    """Play a film in a page of ours; return how long it lasts."""
    script = """source => new Promise((done, fail) => {
      const film = document.createElement("video"); film.muted = true; film.src = source
      film.onerror = () => fail(film.error.message)
      film.ontimeupdate = () => {
        if (film.currentTime > 0) { film.pause(); film.remove(); done(film.duration) }
      }
      document.body.append(film); film.play().catch(fail) })"""
    return page.evaluate(script, source)
