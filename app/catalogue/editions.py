"""A published version in one language, ready to be shown and searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.catalogue.citations import articles_of
from app.catalogue.search_index import Index, make_index
from app.dialect.compiled import CompiledModule

REFERENCE_LANGUAGE = "fr"


def reference_of(modules: Mapping[str, CompiledModule]) -> CompiledModule:
    """Give a module in the language that the others follow."""
    return modules.get(REFERENCE_LANGUAGE) or next(iter(modules.values()))


def is_behind(module: CompiledModule, reference: CompiledModule) -> bool:
    """Tell whether a translation was reviewed before its reference was, as T201 says.

    Where each of its parts says which text it translates, they tell themselves what is behind.
    """
    if module.language == reference.language or not reference.reviewed_on or module.is_marked:
        return False
    return module.reviewed_on < reference.reviewed_on


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
    is_behind: bool = False
    """Whether the reference was reviewed after this translation."""

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
