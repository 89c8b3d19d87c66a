"""A published version in one language, ready to be shown and searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.catalogue.citations import articles_of
from app.catalogue.search_index import Index, make_index
from app.dialect.compiled import CompiledModule

REFERENCE_LANGUAGE = "fr"


@dataclass(frozen=True, eq=False)
class Edition:
    """One language of a version: immutable, shared by every request of the process."""

    version_id: int
    module_id: int
    slug: str
    number: int
    kind: str
    sha256: str
    published_at: datetime
    language: str
    """The language of the texts, which is the reference when the one asked for is missing."""
    module: CompiledModule
    languages: tuple[str, ...] = ()
    """Every language that the version has."""

    @property
    def title(self) -> str:
        """Give the title in the language of the texts."""
        return self.module.title

    @cached_property
    def index(self) -> Index:
        """Index the texts, the first time that someone searches."""
        return make_index(self.module)

    @cached_property
    def articles(self) -> frozenset[str]:
        """List the articles cited, the first time that someone asks."""
        return articles_of(self.module)
