"""The glossary is published with the content, kept in memory, and searched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.catalogue.glossaries import NONE, Glossary, Term, open_glossary
from tests.catalogue.conftest import Run
from tests.catalogue.texts import MODULE, lay

FRENCH = """## Référent déontologue {#referent}
Aussi : référents déontologues

Quelqu'un à *consulter*.

## Écoute {#ecoute}

Une oreille.
"""
ENGLISH = "## Ethics adviser {#referent}\n\nSomeone.\n\n## Listening {#ecoute}\n\nAn ear.\n"


def write_glossary(content: Path, french: str = FRENCH, english: str = ENGLISH) -> None:
    (content / "glossaire.md").write_text(french, encoding="utf-8")
    (content / "glossaire.en.md").write_text(english, encoding="utf-8")


def test_the_glossary_is_published_with_the_content(
    run: Run, content: Path, session: Session
) -> None:
    lay(content)
    write_glossary(content)
    assert open_glossary(session, "fr") is NONE
    session.rollback()
    result = run("publish")
    assert result.exit_code == 0, result.output
    assert "glossaire.md : publié" in result.stdout
    assert "glossaire.en.md : publié" in result.stdout
    glossary = open_glossary(session, "fr")
    assert list(glossary.terms) == ["ecoute", "referent"]
    assert glossary.terms["referent"].definition == "Quelqu’un à <em>consulter</em>."
    assert open_glossary(session, "en").terms["ecoute"].title == "Listening"
    again = run("publish")
    assert "glossaire.md : inchangé" in again.stdout


def test_a_broken_glossary_is_not_published(run: Run, content: Path, session: Session) -> None:
    lay(content)
    write_glossary(content, english=ENGLISH.replace("{#ecoute}", ""))
    result = run("publish")
    assert result.exit_code == 1
    assert "Le glossaire a des erreurs" in result.stderr
    assert "glossaire.en.md:5:1: G101" in result.stderr
    assert open_glossary(session, "fr") is NONE


def test_a_module_published_again_marks_the_terms_of_the_day(
    run: Run, content: Path, session: Session
) -> None:
    lay(content)
    write_glossary(content)
    run("publish")
    grown = FRENCH + "\n## Avantage {#avantage}\nAussi : café offert\n\nUn don.\n"
    write_glossary(content, grown, ENGLISH + "\n## Advantage {#avantage}\n\nA gift.\n")
    assert "cafe-offert : version 1, inchangé" in run("publish").stdout
    assert "avantage" in open_glossary(session, "fr").terms
    lay(content, text=MODULE.replace("Que faites-vous ?", "Que dites-vous ?"))
    assert "version 2, retouche" in run("publish").stdout


@pytest.mark.parametrize("broken", [True, False])
def test_the_check_reads_the_glossary_too(run: Run, content: Path, broken: bool) -> None:
    lay(content)
    write_glossary(content, FRENCH.replace("Une oreille.", "" if broken else "Une oreille."))
    for paths in ((), (content / "glossaire.md",)):
        result = run("check", *paths)
        assert ("G103" in result.stdout) is broken
        assert result.exit_code == int(broken)
    assert run("check", content / "glossaire.en.md").stdout == ""
    assert "G103" not in run("check", content / "modules" / "cafe-offert").stdout
    both: Any = run("check", content / "glossaire.md", content / "modules" / "cafe-offert")
    assert ("G103" in both.stdout) is broken


def test_terms_are_found_by_the_beginning_of_their_words() -> None:
    term = Term("referent", "Référent déontologue", "référents déontologues", "", "")
    glossary = Glossary("fr", {"referent": term})
    assert term.letter == "R"
    assert glossary.search(["deonto", "refer"]) == [term]
    assert glossary.search(["deonto", "autre"]) == []
    assert glossary.search([]) == []
