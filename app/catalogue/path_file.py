"""Read ``parcours.yml``, ``competences.yml`` and ``references.yml``, every value as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import yaml

from app.dialect.compiled import CORPS
from app.dialect.rendering.typography import space

LANGUAGES = ("fr", "en")
STATUSES = ("verifie", "a-verifier")
REFERENCE_FACTS = ("code", "status", "source", "as_of", "checked_on")
"""What a page says of an article beside its object; ``as_of`` is empty where no text was read."""


class BadFileError(Exception):
    """A file of the content folder that cannot be read: which entry, and which of its keys."""

    def __init__(self, entry: str, key: str, file: str = "") -> None:
        super().__init__(f"{file}: {entry}: {key}")
        self.entry, self.key, self.file = entry, key, file


@dataclass(frozen=True, slots=True)
class PathDraft:
    """A learning path as it is written in the file."""

    slug: str
    titles: dict[str, str]
    audience: list[str]
    categories: list[str]
    module_slugs: list[str]
    delay_days: int | None
    validity_months: int | None


def read_entries(text: str) -> Mapping[str, Any]:
    """Read a file of entries by id; raise `BadFileError` when it is something else."""
    try:
        entries = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only, no objects
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadFileError("", f"YAML, line {mark.line + 1}" if mark else "YAML") from None
    if entries is None:
        return {}
    if not isinstance(entries, dict):
        raise BadFileError("", "YAML")
    return entries


def read_paths(text: str) -> list[PathDraft]:
    """Read the learning paths in the order of the file."""
    return [read_path(slug, entry) for slug, entry in read_entries(text).items()]


def read_path(slug: str, entry: object) -> PathDraft:
    """Read one learning path."""
    if not isinstance(entry, dict):
        raise BadFileError(slug, "")
    audience = read_words(slug, entry, "audience")
    if not audience or not set(audience) <= set(CORPS):
        raise BadFileError(slug, "audience")
    modules = read_words(slug, entry, "modules")
    if not modules:
        raise BadFileError(slug, "modules")
    return PathDraft(
        slug=slug,
        titles=read_labels(slug, entry.get("label"), "label"),
        audience=audience,
        categories=read_words(slug, entry, "categories"),
        module_slugs=modules,
        delay_days=read_number(slug, entry, "delay_days", 3650),
        validity_months=read_number(slug, entry, "validity_months", 240),
    )


def read_words(slug: str, entry: Mapping[str, Any], key: str) -> list[str]:
    """Read a list of words; an absent one is empty."""
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadFileError(slug, key)
    return list(dict.fromkeys(words))


def read_labels(slug: str, labels: object, key: str) -> dict[str, str]:
    """Read a label by language; the reference language has to be there."""
    if not isinstance(labels, dict) or not labels.get("fr"):
        raise BadFileError(slug, key)
    if not all(isinstance(label, str) for label in labels.values()):
        raise BadFileError(slug, key)
    return {language: labels[language] for language in LANGUAGES if labels.get(language)}


def read_number(slug: str, entry: Mapping[str, Any], key: str, largest: int) -> int | None:
    """Read a whole number from 1; None where it is absent."""
    text = entry.get(key)
    if text is None:
        return None
    if not isinstance(text, str) or not text.isascii() or not text.isdigit():
        raise BadFileError(slug, key)
    number = int(text[:9])
    if not 1 <= number <= largest:
        raise BadFileError(slug, key)
    return number


def read_skills(text: str) -> dict[str, list[dict[str, str]]]:
    """Read the labels of the skills as the sections of a page, by language."""
    labels = {
        skill: read_labels(skill, entry, "label") for skill, entry in read_entries(text).items()
    }
    return {
        language: [
            {"id": skill, "title": label.get(language) or label["fr"], "html": ""}
            for skill, label in labels.items()
        ]
        for language in LANGUAGES
    }


def read_references(text: str) -> dict[str, list[dict[str, str]]]:
    """Read the articles of law as the sections of a page, by language, in the file's order."""
    found = [(key, read_reference(key, entry)) for key, entry in read_entries(text).items()]
    return {
        language: [
            {
                "id": key,
                "title": f"{entry['code']} {entry['number']}",
                "html": escape(say_object(entry["object"], language)),
                **{name: entry[name] for name in REFERENCE_FACTS},
            }
            for key, entry in found
        ]
        for language in LANGUAGES
    }


def say_object(labels: Mapping[str, str], language: str) -> str:
    """Say what an article is about, in French with its typography where there is no other."""
    own = labels.get(language) if language != "fr" else None
    return own or space(labels["fr"])


def read_reference(key: str, entry: object) -> dict[str, Any]:
    """Read one article: its code and number, its object, how sure it is and since when."""
    if not isinstance(entry, dict):
        raise BadFileError(key, "")
    facts: dict[str, Any] = {"object": read_labels(key, entry.get("object"), "object")}
    for name in ("number", *REFERENCE_FACTS):
        value = entry.get(name, "" if name == "as_of" else None)
        if not isinstance(value, str) or (not value and name != "as_of"):
            raise BadFileError(key, name)
        facts[name] = value
    if facts["status"] not in STATUSES:
        raise BadFileError(key, "status")
    return facts
