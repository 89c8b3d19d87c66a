"""The texts that a new module, a translation or a bank begins with."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.dialect.drafting import LANGUAGES
from app.dialect.starter import TEMPLATE_EN, TEMPLATE_FR

FIRST_BANK = TEMPLATE_FR["banques/questions.md"]


def first_texts(languages: Collection[str]) -> dict[str, str]:
    """Give the texts of a new module: the template, and its translation in each language."""
    texts = dict(TEMPLATE_FR)
    for language in languages:
        for path, text in TEMPLATE_FR.items():
            name = translated(path, language)
            texts[name] = TEMPLATE_EN.get(name, text)
    return texts


def translated(path: str, language: str) -> str:
    """Give the path of a text in another language."""
    return f"{path.removesuffix('.md')}.{language}.md"


def source_of(path: str) -> str | None:
    """Give the path of the text that a translation translates; None for what is none."""
    name, _, language = path.removesuffix(".md").rpartition(".")
    return f"{name}.md" if name and language in LANGUAGES else None


def text_of(path: str, texts: Mapping[str, str]) -> str:
    """Give what a text that is added begins with: what it translates, else the template's bank."""
    return texts.get(source_of(path) or "", FIRST_BANK)
