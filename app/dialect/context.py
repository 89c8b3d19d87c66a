"""What a check knows of the world outside the module."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from app.dialect.glossary.sections import Spoken, read_sections, spoken_terms
from app.dialect.labels import fold
from app.dialect.metadata import Domain
from app.dialect.source import read_source

GLOSSARY = {"fr": "glossaire.md", "en": "glossaire.en.md"}


class UnreadableListError(ValueError):
    """A list beside the modules that is not YAML: which file, and at which line."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}:{line}")
        self.path, self.line = path, line


@dataclass(frozen=True, slots=True)
class Context:
    """The lists that a module may name, and the limits; None means « not checked »."""

    competences: frozenset[str] | None = None
    references: frozenset[str] | None = None
    """Keys of the known articles, as `article_key` writes them."""
    modules: frozenset[str] | None = None
    """Slugs of the modules that exist."""
    today: dt.date = field(default_factory=dt.date.today)
    pass_mark: int = 80
    longest_line: int = 5_000
    largest_file: int = 200_000
    seconds: float = 1.0
    """How long a module may take to render."""
    largest_picture: int = 8_000_000
    most_pixels: int = 25_000_000
    heavy_picture: int = 500_000
    """Bytes from which a picture makes a phone wait."""
    largest_film: int = 40_000_000
    """Bytes of a film or a sound: about ten minutes."""
    glossary: dict[str, tuple[Spoken, ...]] = field(default_factory=dict)
    """The terms to mark in prose, by language."""

    @property
    def domain(self) -> Domain:
        """Give what the front matter is compared with."""
        return Domain(self.competences, self.modules, self.today)


@lru_cache(maxsize=4096)
def article_key(code: str, number: str) -> str:
    """Give the form under which articles are compared: ``csi r434-9``."""
    bare = re.sub(r"^(?:articles?|art\.)\s*", "", fold(number))
    return f"{fold(code)} {re.sub(r'[^a-z0-9-]', '', bare)}"


def reference_keys(articles: Iterable[tuple[str, str]]) -> frozenset[str]:
    """List the keys of articles given as code and number."""
    return frozenset(article_key(code, number) for code, number in articles)


def read_context(content: Path, *, today: dt.date | None = None, pass_mark: int = 80) -> Context:
    """Read the lists of a ``content`` folder; a list whose file is missing is not checked."""
    competences = read_yaml(content / "competences.yml")
    references = read_yaml(content / "references.yml")
    folder = content / "modules"
    return Context(
        competences=frozenset(competences) if competences is not None else None,
        references=None
        if references is None
        else reference_keys(
            (str(one.get("code", "")), str(one.get("number", "")))
            for one in references.values()
            if isinstance(one, dict)
        ),
        modules=frozenset(p.parent.name for p in folder.glob("*/module.md"))
        if folder.is_dir()
        else None,
        today=today or dt.date.today(),
        pass_mark=pass_mark,
        glossary=read_terms(content),
    )


def unsure_articles(content: Path) -> frozenset[str]:
    """List the keys of the articles that the reference list calls to be verified."""
    references = read_yaml(content / "references.yml") or {}
    return reference_keys(
        (str(one.get("code", "")), str(one.get("number", "")))
        for one in references.values()
        if isinstance(one, dict) and one.get("status") != "verifie"
    )


def read_terms(content: Path) -> dict[str, tuple[Spoken, ...]]:
    """Read the terms of the glossary, as far as its files can be read."""
    return {
        language: spoken_terms(read_sections(read_source("", decoded(path)).lines))
        for language, path in glossary_files(content).items()
    }


def glossary_files(content: Path) -> dict[str, Path]:
    """List the files of the glossary that are there, by language."""
    paths = {language: content / name for language, name in GLOSSARY.items()}
    return {language: path for language, path in paths.items() if path.is_file()}


def decoded(path: Path) -> str:
    """Read a text whatever its bytes: what is wrong with them is told by its check."""
    return path.read_bytes().decode("utf-8", errors="replace")


def read_yaml(path: Path) -> dict[str, object] | None:
    """Read a file of ids, values as strings; None when it does not exist."""
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only, no objects
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise UnreadableListError(path, mark.line + 1 if mark else 1) from problem
    return loaded if isinstance(loaded, dict) else {}
