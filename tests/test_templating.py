"""What macros make once for all readers is told apart by what it depends on."""

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import Markup

from app.learning.shown import ShownItem, ShownTerm
from app.templating import drawn

TERM = ShownTerm("don", Markup("don"), Markup("Ce qui se donne."), Markup("l’"), Markup(","))


def draw_term(term: ShownTerm = TERM) -> str:
    return str(drawn("components/term.html", "term", term))


@pytest.fixture
def french_then_english(app: Flask) -> tuple[str, str]:
    texts = []
    for language in ("fr", "en"):
        with app.test_request_context(headers={"Accept-Language": language}):
            texts.append(draw_term())
    return texts[0], texts[1]


def test_each_language_has_its_own(french_then_english: tuple[str, str]) -> None:
    french, english = french_then_english
    assert "Glossaire" in french
    assert "Glossary" in english


def test_each_place_of_the_application_has_its_own_addresses(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://localhost/ethique"):
        assert 'href="/ethique/glossaire' in draw_term()
    with app.test_request_context("/"):
        assert 'href="/glossaire' in draw_term()


def test_what_is_not_marked_safe_is_escaped(app: Flask) -> None:
    item = ShownItem("cadeau", "single", "Un <b>don</b>", Markup("<p>Oui ?</p>"), 1, False, ())
    with app.test_request_context("/"):
        page = str(drawn("learning/_item.html", "asked", item))
    assert "Un &lt;b&gt;don&lt;/b&gt;" in page
    assert "<p>Oui ?</p>" in page
