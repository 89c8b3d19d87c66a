"""Trainers write drafts at real browsers: whatever happens, what was typed is there."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from app.database import write
from app.demo.accounts import PASSWORD
from tests.e2e.cast import make_reviewer
from tests.e2e.conftest import OpenReader
from tests.e2e.record import Record
from tests.e2e.writing_desk import TRAINER, Desk, editor, type_at_end
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.one_server]
REVIEWER = "demo-encadrant"
SAVED = re.compile(r"Enregistré à \d\d:\d\d")
LOST = ("net::ERR", "Failed to load resource")
WITHIN = 5_000
"""Milliseconds in which what was typed is saved."""


@pytest.fixture
def desk(reader: OpenReader, record: Record) -> Desk:
    desk = Desk(reader(), record)
    # What goes wrong before the scripts listen is the form's own business.
    desk.open_editor()
    return desk


def test_what_is_typed_is_saved_within_seconds(desk: Desk) -> None:
    type_at_end(desk.page, "Un ajout.")
    expect(desk.page.locator(".saved")).to_have_text(SAVED, timeout=WITHIN)
    assert desk.text().endswith("Un ajout.")
    deadline = time.monotonic() + 6
    while time.monotonic() < deadline:  # Typing without a pause is saved all the same.
        desk.page.keyboard.type("encore ")
    assert "encore" in desk.text()


def test_a_finding_is_reached_and_put_right_without_the_editor(
    reader: OpenReader, record: Record
) -> None:
    one = reader()
    one.expected += LOST
    one.context.route("**/built/editor.js*", lambda route: route.abort())
    desk = Desk(one, record)
    page = desk.page
    expect(page.locator("form[data-writing] [name=page]")).not_to_have_value("")
    expect(page.get_by_text("Raccourcis")).to_be_hidden()
    text = page.locator("#texte").input_value()
    first = re.search(r"^- \[ \] [a-z]\) ", text, re.MULTILINE)
    assert first
    page.locator("#texte").fill(text.replace(first[0], "- [ ] ", 1))
    expect(page.get_by_text("Q208")).to_be_visible()
    problem = page.locator(".problems__one", has_text="Q208")
    problem.get_by_role("link", name="ligne").click()
    expect(page.locator("#texte")).to_be_focused()
    selected = page.evaluate("texte.value.slice(texte.selectionStart, texte.selectionEnd)")
    assert selected.startswith("- [ ] ")
    problem.get_by_role("button", name="Corriger").click()
    expect(page.get_by_text("La correction est faite et enregistrée.")).to_be_visible()
    assert desk.text() == text


def test_the_session_expires_while_typing(desk: Desk) -> None:
    desk.reader.expected.append("401")
    address = desk.page.url
    desk.record.end_sessions(TRAINER)
    type_at_end(desk.page, "Après la session.")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Matricule").fill(TRAINER)
    dialog.get_by_label("Mot de passe").fill(PASSWORD)
    dialog.get_by_role("button", name="Se connecter").click()
    expect(desk.page.locator(".saved")).to_have_text(SAVED)
    assert desk.page.url == address
    assert desk.text().endswith("Après la session.")


def test_the_server_is_killed_and_the_tab_closed_while_typing(desk: Desk, server: Server) -> None:
    desk.reader.expected += LOST
    type_at_end(desk.page, "Avant la panne.")
    expect(desk.page.locator(".saved")).to_have_text(SAVED, timeout=WITHIN)
    server.kill()
    type_at_end(desk.page, " Pendant la panne.")
    expect(desk.page.locator(".saved")).to_contain_text("En attente du réseau")
    address = desk.page.url
    desk.page.close()
    server.start()
    page = desk.reader.page()
    page.goto(address)
    expect(page.locator("#texte")).to_have_value(re.compile("Avant la panne. Pendant la panne.$"))
    expect(page.locator(".saved")).to_have_text(SAVED, timeout=WITHIN)
    editor(page).press("Control+End")
    expect(page.locator(".cm-line").last).to_have_text("Avant la panne. Pendant la panne.")
    assert desk.text().endswith("Avant la panne. Pendant la panne.")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_the_network_is_cut_while_typing(desk: Desk) -> None:
    desk.reader.expected += LOST
    desk.reader.context.set_offline(True)
    type_at_end(desk.page, "Hors ligne.")
    expect(desk.page.locator(".saved")).to_contain_text("En attente du réseau")
    desk.reader.context.set_offline(False)
    expect(desk.page.locator(".saved")).to_have_text(SAVED)
    assert desk.text().endswith("Hors ligne.")


def test_two_tabs_keep_both_texts_and_bring_them_together(desk: Desk) -> None:
    desk.reader.expected.append("409")
    one, other = desk.page, desk.reader.page()
    other.goto(one.url)
    type_at_end(one, "Le premier onglet.")
    expect(one.locator(".saved")).to_have_text(SAVED, timeout=WITHIN)
    type_at_end(other, "Le second onglet.")
    expect(other.locator(".saved")).to_contain_text("Quelqu’un d’autre a enregistré")
    assert desk.text().endswith("Le premier onglet.")
    assert any(text.endswith("Le second onglet.") for text in desk.every_text())
    other.get_by_role("link", name="voir les deux textes").click()
    expect(other.locator("ins")).to_contain_text("Le second onglet.")
    expect(other.locator("del")).to_contain_text("Le premier onglet.")
    other.locator("#texte").press("Control+End")
    other.keyboard.type(" Le premier onglet.")
    other.get_by_role("button", name="Prendre ce texte").click()
    expect(other.locator("#texte")).to_have_value(
        re.compile("Le second onglet. Le premier onglet.$")
    )
    assert desk.text().endswith("Le second onglet. Le premier onglet.")


def test_signing_out_leaves_no_text_on_the_device(desk: Desk, server: Server) -> None:
    desk.reader.expected += LOST
    server.kill()
    type_at_end(desk.page, "Un secret.")
    expect(desk.page.locator(".saved")).to_contain_text("En attente du réseau")
    desk.page.evaluate(
        "document.querySelector('form[data-leaving]').dispatchEvent(new Event('submit'))"
    )
    assert desk.page.evaluate("Object.keys(localStorage)") == []
    server.start()


def test_a_module_is_written_without_a_script(reader: OpenReader, record: Record) -> None:
    desk = Desk(reader(java_script_enabled=False), record)
    page = desk.page
    text = page.locator("#texte").input_value()
    page.locator("#texte").fill(f"{text}\n\nSans script.\n")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".saved")).to_have_text(SAVED)
    assert desk.text().endswith("Sans script.\n")
    other = desk.reader.page()
    other.goto(page.url)
    page.locator("#texte").fill(f"{text}\n\nUn.\n")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    other.locator("#texte").fill(f"{text}\n\nDeux.\n")
    other.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Deux textes à réunir")
    assert desk.text().endswith("Un.\n")
    other.get_by_role("button", name="Prendre ce texte").click()
    expect(other.locator(".saved")).to_have_text(SAVED)
    assert desk.text().endswith("Deux.\n")
    other.get_by_role("button", name="Enregistrer et voir l’aperçu").click()
    expect(other.locator(".eyebrow")).to_contain_text("Brouillon")


def test_a_draft_is_reviewed_published_and_found_by_an_agent(
    reader: OpenReader, record: Record
) -> None:
    desk = Desk(reader(java_script_enabled=False), record)
    page = desk.page
    page.locator("#texte").fill(
        page.locator("#texte").input_value().replace("Titre du module", "Les cadeaux d'usage")
    )
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name=desk.slug, exact=True).click()
    page.get_by_role("button", name="Demander une relecture").click()

    with record.app.app_context():
        write(make_reviewer, record.agent_id(REVIEWER))
    other = reader(java_script_enabled=False)
    other.has_cookie(record.cookie(REVIEWER))
    review = other.page()
    review.goto("/formateur/brouillons")
    waiting = review.get_by_role("region", name="Ce qui m’attend")
    expect(waiting.get_by_role("listitem").filter(has_text=desk.slug)).to_contain_text(
        "une relecture est demandée"
    )
    review.goto(f"/formateur/brouillons/{desk.draft_id}/relecture/module.md?ligne=9")
    review.get_by_label("Votre remarque").fill("À garder.")
    review.get_by_role("button", name="Ajouter la remarque").click()
    expect(review.locator(".reread__remark")).to_contain_text("À garder.")
    review.get_by_role("link", name=desk.slug, exact=True).click()
    review.get_by_role("button", name="Approuver tel quel").click()
    review.get_by_role("link", name="Publier", exact=True).click()
    review.get_by_role("button", name="Publier", exact=True).click()
    expect(review.get_by_text("La version 1 est publiée.")).to_be_visible()

    officer = reader(java_script_enabled=False)
    officer.has_cookie(record.cookie())
    catalogue = officer.page()
    catalogue.goto(f"/modules/{desk.slug}")
    expect(catalogue.get_by_role("heading", level=1)).to_have_text(
        re.compile("Les cadeaux d.usage")
    )
