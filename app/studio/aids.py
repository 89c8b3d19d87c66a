"""What the editor may complete: the words of the dialect and what the lists of the content name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.dialect.compiled import CORPS, OPINIONS
from app.dialect.context import decoded, glossary_files, read_yaml
from app.dialect.frontmatter import KEYS
from app.dialect.glossary.sections import read_sections
from app.dialect.items.registry import TYPES
from app.dialect.labels import PART_LABELS
from app.dialect.metadata import STATUSES
from app.dialect.source import read_source
from app.people.names import corps_name
from app.studio.around import Around
from app.studio.draft_texts import language_of
from app.studio.neighbours import banks_in, same_language

CALL_OUTS = ("EXEMPLE", "NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
Named = list[dict[str, str]]
"""What can be written, each with what it stands for."""


def aids_for(around: Around, texts: Mapping[str, str], path: str) -> dict[str, Any]:
    """Give what can be completed in a text; its own headings are left to the editor."""
    language = language_of(path)
    others = {one: text for one, text in same_language(texts, path).items() if one != path}
    return {
        **read_names(around, language),
        "corps": [{"value": one, "label": corps_name(one)} for one in CORPS],
        "modules": list(around.siblings),
        "banks": list(banks_in(same_language(texts, path))),
        "headings": {one: headings_of(text) for one, text in others.items()},
    }


def headings_of(text: str) -> list[str]:
    """List the lines that may be headings, for the editor to read as it reads its own."""
    return [line for line in text.split("\n") if line.lstrip(" ").startswith("#")]


def words_of_the_dialect(language: str) -> dict[str, Any]:
    """List labels, parts, keys and options; those of the text's language come first."""
    rank = 1 if language == "en" else 0
    return {
        "labels": [kind.labels[rank] for kind in TYPES.values()],
        "otherLabels": [kind.labels[1 - rank] for kind in TYPES.values()],
        "colon": ":" if language == "en" else " :",
        "parts": [labels[rank] for labels in PART_LABELS.values()],
        "otherParts": [labels[1 - rank] for labels in PART_LABELS.values()],
        "callOuts": list(CALL_OUTS),
        "keys": list(KEYS),
        "options": {label: list(kind.options) for kind in TYPES.values() for label in kind.labels},
        "opinions": list(OPINIONS),
        "statuses": list(STATUSES),
    }


@lru_cache(maxsize=8)
def read_names(around: Around, language: str) -> dict[str, Named]:
    """Read what the lists of the content folder name, once as long as none changes."""
    content = around.content
    skills = read_yaml(content / "competences.yml") or {}
    articles = read_yaml(content / "references.yml") or {}
    return {
        "competences": [
            {"value": one, "label": said(label, language)} for one, label in skills.items()
        ],
        "articles": [
            name_article(one, language) for one in articles.values() if isinstance(one, dict)
        ],
        "terms": read_terms(around, language),
    }


def said(labels: object, language: str) -> str:
    """Give a label in a language, else in any; empty where there is none."""
    if not isinstance(labels, dict):
        return str(labels or "")
    return str(labels.get(language) or next(iter(labels.values()), ""))


def name_article(entry: dict[str, Any], language: str) -> dict[str, str]:
    """Give an article as it is cited, what it is about, and how sure that is."""
    return {
        "value": f"{entry.get('code', '')} {entry.get('number', '')}".strip(),
        "label": said(entry.get("object"), language),
        "status": str(entry.get("status", "")),
    }


def read_terms(around: Around, language: str) -> Named:
    """List the glossary's terms under their ids."""
    path = glossary_files(around.content).get(language)
    if path is None:
        return []
    sections = read_sections(read_source("", decoded(path)).lines)
    return [{"value": one.title.text, "id": one.id} for one in sections if one.id]
