"""The glossary and the diagrams that ship: enough of them, in both languages, easy to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.dialect.glossary.reading import read_glossary
from tests.content.shipped import CONTENT, context

LEAST_TERMS, LEAST_DIAGRAMS = 85, 6
WIDEST, SMALLEST = 380, 16
"""A phone of 390 pixels shows 324 of a diagram's 380: a text of 16 stays above 13 pixels."""
DIAGRAMS = sorted(CONTENT.glob("modules/*/media/*.svg"))
FRENCH = [path for path in DIAGRAMS if not path.name.endswith(".en.svg")]


def names(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.name}"


def test_the_glossary_explains_the_same_words_in_both_languages() -> None:
    files = {
        name: (CONTENT / name).read_bytes() for name in ("glossaire.md", "glossaire.en.md")
    }  # fmt: skip
    found = read_glossary(files, context())
    french, english = (
        [section.id for section in found.sections[code]] for code in ("fr", "en")
    )  # fmt: skip
    assert found.messages == ()
    assert len(french) >= LEAST_TERMS
    assert french == english


def test_there_are_diagrams() -> None:
    assert len(FRENCH) >= LEAST_DIAGRAMS
    assert len(DIAGRAMS) == 2 * len(FRENCH)


@pytest.mark.parametrize("path", FRENCH, ids=names)
def test_a_diagram_is_shown_in_each_language_with_words_in_its_place(path: Path) -> None:
    module = path.parent.parent
    for name, drawing in (
        ("module.md", path),
        ("module.en.md", path.with_suffix(".en.svg")),
    ):
        said = re.findall(
            rf"!\[([^\]]+)\]\(media/{re.escape(drawing.name)}\)",
            (module / name).read_text(encoding="utf-8"),
        )
        assert drawing.is_file()
        assert len(said) == 1
        assert len(said[0]) > len("schéma de la situation")


@pytest.mark.parametrize("path", DIAGRAMS, ids=names)
def test_a_diagram_is_readable_on_a_phone(path: Path) -> None:
    drawing = path.read_text(encoding="utf-8")
    box = re.search(r'viewBox="0 0 (\d+) ', drawing)
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)]
    assert box is not None
    assert int(box[1]) <= WIDEST
    assert sizes
    assert min(sizes) >= SMALLEST
