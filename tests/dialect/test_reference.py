"""What the reference for trainers shows is what the language reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.dialect.context import Context
from app.dialect.frontmatter import KEYS
from app.dialect.glossary.reading import read_glossary
from app.dialect.items.registry import TYPES
from tests.dialect.writing import FRONT, QUIZ, messages

FOLDER = Path(__file__).parents[2] / "docs" / "trainers"
PAGES = {"fr": FOLDER / "dialecte.md", "en": FOLDER / "dialect.en.md"}
CODE = re.compile(r"```markdown\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("language", PAGES)
def test_every_example_of_the_reference_is_right(language: str) -> None:
    *examples, glossary = CODE.findall(PAGES[language].read_text(encoding="utf-8"))
    assert len(examples) == 5
    step = "\n## Étape {#etape}\n\n> [!EXEMPLE]\n> Un geste.\n\n"
    text = FRONT + step + "\n".join(examples) + QUIZ.replace("voir=une", "voir=etape")
    assert [str(one) for one in messages(text)] == []
    found = read_glossary({"glossaire.md": glossary.encode()}, Context())
    assert found.messages == ()
    assert len(found.entries("fr")) == 1


@pytest.mark.parametrize(("language", "rank"), [("fr", 0), ("en", 1)])
def test_every_type_key_and_part_is_in_the_reference(language: str, rank: int) -> None:
    text = PAGES[language].read_text(encoding="utf-8")
    for kind in TYPES.values():
        assert kind.labels[rank] in text
    for key in KEYS:
        if key != "langue":
            assert f"`{key}`" in text
