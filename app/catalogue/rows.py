"""Small rows that the catalogue's questions are answered with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.catalogue.editions import REFERENCE_LANGUAGE


def in_language(texts: dict[str, str], language: str) -> str:
    """Choose a text in a language, else in the reference language."""
    return texts.get(language) or texts.get(REFERENCE_LANGUAGE) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class Offered:
    """A module that agents may take, in its latest version."""

    module_id: int
    slug: str
    version_id: int
    number: int
    kind: str
    sha256: str
    titles: dict[str, str]
    summaries: dict[str, str]
    minutes: int
    audience: list[str]
    """Keys of corps."""
    published_at: datetime

    def title(self, language: str) -> str:
        """Give the title in a language."""
        return in_language(self.titles, language)

    def summary(self, language: str) -> str:
        """Give the summary in a language; empty where there is none."""
        return in_language(self.summaries, language)

    def language(self, language: str) -> str:
        """Tell in which language the title and the summary are, when this one is asked for."""
        return language if language in self.titles else REFERENCE_LANGUAGE

    def is_for(self, corps: str) -> bool:
        """Tell whether the module is written for this corps."""
        return corps in self.audience


@dataclass(frozen=True, slots=True)
class Version:
    """One publication of a module, without its texts."""

    id: int
    module_id: int
    slug: str
    number: int
    kind: str
    sha256: str
    titles: dict[str, str]
    published_at: datetime
    author_id: int | None
    reviewer_id: int | None
    notes: str

    def title(self, language: str) -> str:
        """Give the title in a language."""
        return in_language(self.titles, language)


@dataclass(frozen=True, slots=True)
class Path:
    """A learning path as ``parcours.yml`` proposes it."""

    id: int
    slug: str
    titles: dict[str, str]
    audience: list[str]
    categories: list[str]
    module_slugs: list[str]
    delay_days: int | None
    validity_months: int | None

    def title(self, language: str) -> str:
        """Give the title in a language."""
        return in_language(self.titles, language)

    def is_for(self, corps: str, category: str) -> bool:
        """Tell whether the path is for an agent of this corps and band of grades."""
        return corps in self.audience and (not self.categories or category in self.categories)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a published page."""

    id: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An article of law, with how sure its summary is."""

    id: str
    title: str
    html: str
    code: str
    status: str
    source: str
    as_of: str
    """Month of the text that was read; empty where none was."""
    checked_on: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of content outside the modules."""

    slug: str
    language: str
    sections: tuple[Section, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A media, without its bytes."""

    content_type: str
    size: int
