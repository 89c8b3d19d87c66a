"""Trainers see which translations are behind their reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.catalogue.texts import BANK, ENGLISH, lay
from tests.pages import words


@pytest.mark.parametrize(
    ("reviewed", "told", "behind"),
    [
        ("revu_le: 2025-12-31", "traduction relue le 31 décembre 2025", True),
        ("revu_le: 2026-01-10", "traduction relue le 10 janvier 2026", False),
        ("niveau: fondamental", "traduction dont la relecture n’est pas datée", True),
    ],
)
def test_the_state_of_a_translation_is_told(
    client: FlaskClient, content: Path, reviewed: str, told: str, behind: bool
) -> None:
    folder = lay(content)
    english = ENGLISH.replace("niveau: fondamental\n", "").replace("revu_le: 2026-01-10", reviewed)
    (folder / "module.en.md").write_text(english, encoding="utf-8")
    (folder / "banques" / "cas.en.md").write_text(BANK, encoding="utf-8")
    page = words(client.get("/formateur/modules/cafe-offert"))
    assert f"English : {told}" in page
    assert ("à mettre à jour" in page) is behind
    assert ("traduction à mettre à jour" in words(client.get("/formateur/"))) is behind
    preview = words(client.get("/formateur/fichiers/cafe-offert/geste?langue=en"))
    assert ("Traduction en cours" in preview) is behind
    assert "Traduction en cours" not in words(client.get("/formateur/fichiers/cafe-offert/geste"))


def test_a_module_without_translation_has_none_to_tell(client: FlaskClient, content: Path) -> None:
    lay(content)
    assert "traduction" not in words(client.get("/formateur/modules/cafe-offert"))
