"""The published glossary, in memory: its definitions join the prose when a page is shown.

A version's prose only marks its terms; what they mean is the glossary's own, so that a definition
put right is right on every page, of every version, without touching one.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from app.catalogue.folding import fold, words_of
from app.catalogue.queries import find_sections

SLUG = "glossaire"
FRESH_SECONDS = 60.0
"""How long a process goes without asking whether the glossary changed."""
PAGE_BYTES = 14_000
"""Of definitions on a page of the glossary: a phone opens it at once."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it means."""

    id: str
    title: str
    also: str
    """The other forms, parted by commas."""
    definition: str
    """HTML of its first paragraph."""
    html: str
    """HTML of all that is said of it."""

    @property
    def letter(self) -> str:
        """Give the letter under which it stands."""
        return fold(self.title)[:1].upper()

    @property
    def words(self) -> list[str]:
        """List the folded words of the term and of its other forms."""
        return [word.folded for word in words_of(f"{self.title} {self.also}")]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one language, in alphabetical order."""

    language: str = ""
    terms: Mapping[str, Term] = field(default_factory=dict)
    """By id."""
    published_at: datetime | None = None
    pages: Sequence[Sequence[Term]] = ()
    """The same terms, some letters a page."""

    def page_of(self, term_id: str) -> int:
        """Tell on which page a term is, from 1; the first for one that is not there."""
        numbers = (
            number for number, page in enumerate(self.pages, 1) if self.terms[term_id] in page
        )
        return next(numbers) if term_id in self.terms else 1

    def search(self, prefixes: list[str]) -> list[Term]:
        """List the terms that have every word of a query, by its beginning."""
        return [
            term
            for term in self.terms.values()
            if prefixes
            and all(any(word.startswith(one) for word in term.words) for one in prefixes)
        ]


NONE = Glossary()


class Shelf:
    """The glossaries of one database, with the moment until which each is believed."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: dict[str, tuple[float, Glossary]] = {}

    def open(self, session: Session, language: str) -> Glossary:
        """Return the glossary of a language, read again when it was kept for long enough."""
        now = time.monotonic()
        with self.lock:
            until, glossary = self.kept.get(language, (0.0, NONE))
        if now >= until:
            glossary = read(session, language)
            with self.lock:
                self.kept[language] = (now + FRESH_SECONDS, glossary)
        return glossary


SHELVES: WeakKeyDictionary[Any, Shelf] = WeakKeyDictionary()
LOCK = Lock()


def open_glossary(session: Session, language: str) -> Glossary:
    """Return the published glossary of a language, which may have no terms.

    Costs a statement once a minute in each process.
    """
    with LOCK:
        shelf = SHELVES.setdefault(session.get_bind().dialect, Shelf())
    return shelf.open(session, language)


def forget() -> None:
    """Ask again at the next page: this process has just published a glossary."""
    with LOCK:
        SHELVES.clear()


def read(session: Session, language: str) -> Glossary:
    """Read the glossary of a language from the database."""
    row = find_sections(session, SLUG, language)
    if row is None:
        return NONE
    terms = [
        Term(one["id"], one["title"], one["also"], one["definition"], one["html"])
        for one in row.sections
    ]
    in_order = sorted(terms, key=lambda term: (fold(term.title), term.id))
    by_id = {term.id: term for term in in_order}
    return Glossary(language, by_id, row.published_at, split_by_letter(in_order))


def split_by_letter(terms: Sequence[Term]) -> list[list[Term]]:
    """Part the terms in pages of about `PAGE_BYTES`; a letter stands whole on one page."""
    pages: list[list[Term]] = []
    room = 0
    for _letter, group in groupby(terms, key=lambda term: term.letter):
        letter = list(group)
        weight = sum(len(term.html.encode()) for term in letter)
        if weight > room:
            pages.append([])
            room = PAGE_BYTES
        pages[-1] += letter
        room -= weight
    return pages
