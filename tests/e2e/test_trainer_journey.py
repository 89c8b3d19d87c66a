"""From an empty page to an agent's certificate: written, mended, reviewed, published, followed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.database import write
from app.dialect.compiled import CompiledModule, from_json
from app.dialect.items.registry import TYPES, type_of
from app.learning.models import Completion
from tests.e2e import officer, picturing, trainer
from tests.e2e.cast import make_reviewer
from tests.e2e.conftest import OpenReader
from tests.e2e.keys_only import take_the_mouse_away
from tests.e2e.record import Record
from tests.e2e.test_pages import TAGS, run_axe
from tests.e2e.trainer import Hands, Keys

pytestmark = pytest.mark.browser
SLUG = "cadeaux"
WRITER, REVIEWER = "demo-formateur", "demo-encadrant"


def sit_down(reader: OpenReader, record: Record, who: str, **options: Any) -> Page:
    """Open the browser of somebody who is signed in."""
    one = reader(**options)
    one.has_cookie(record.cookie(who))
    return one.page()


@pytest.mark.parametrize("how", ["with scripts", "without scripts", "by keyboard"])
def test_a_module_goes_from_an_empty_page_to_a_certificate(
    reader: OpenReader, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "by keyboard":
        take_the_mouse_away(monkeypatch)
    options = {"java_script_enabled": how != "without scripts"}
    make_hands = Keys if how == "by keyboard" else Hands
    with record.app.app_context():
        write(make_reviewer, record.agent_id(REVIEWER))

    hands: Hands = make_hands(sit_down(reader, record, WRITER, **options))
    trainer.begin(hands, SLUG)
    trainer.write_and_mend(hands)
    picturing.add_picture(hands, tmp_path)
    trainer.hand_over(hands, SLUG)
    listed = hands.page.get_by_role("region", name="Médias du brouillon")
    expect(listed).to_contain_text(picturing.WORDS)
    assert not hands.page.get_by_role("button", name="Approuver tel quel").count()

    trainer.review_and_publish(make_hands(sit_down(reader, record, REVIEWER, **options)), SLUG)
    assert types_in(read_module(record)) == set(TYPES)

    completed = record.count(Completion)
    page = sit_down(reader, record, "demo-agent", **options)
    page.goto(f"/modules/{SLUG}")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Les cadeaux d.usage"))
    officer.go_on(page, "Commencer ce module")
    picturing.see_picture(page)
    if how == "with scripts":
        assert run_axe(page, TAGS) == []
    officer.read_module(page, SLUG)
    officer.start_quiz(page, SLUG)
    officer.answer_rightly(page, record, SLUG)
    officer.hand_in(page)
    expect(page.locator("main")).to_contain_text("Évaluation réussie")
    officer.go_on(page, "Voir mon attestation")
    expect(page.locator("main table")).to_contain_text(re.compile("Les cadeaux d.usage"))
    assert record.count(Completion) == completed + 1


def read_module(record: Record) -> CompiledModule:
    """Read the module as it was published."""
    with record.session() as session:
        return from_json(record.published(session, SLUG))


def types_in(module: CompiledModule) -> set[str]:
    """List the types of the questions of a module."""
    return {type_of(item).name for item in module.every_item()}
