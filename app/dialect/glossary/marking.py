"""Find the terms of the glossary in rendered prose, and mark them without their definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from app.dialect.glossary.sections import Spoken

ATTRIBUTE = "data-term"
MARK = re.compile(rf'<span {ATTRIBUTE}="([a-z0-9-]+)">([^<]*)</span>')
SKIPPED = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "a", "audio", "code", "details", "figure", "pre", "sup",
    "th", "video",
})  # fmt: skip
"""Where a definition would be in the way: headings, links, code, players."""
LONGEST_INITIALISM = 8


class Mark(NamedTuple):
    """A term where it was found."""

    id: str
    text: str


class Marker:
    """Knows every form of every term of a language."""

    def __init__(self, terms: tuple[Spoken, ...]) -> None:
        self.ids: dict[str, str] = {}
        for term in terms:
            for form in term.forms:
                self.ids.setdefault(fold(form), term.id)
        longest_first = sorted(
            {form for term in terms for form in term.forms}, key=lambda form: (-len(form), form)
        )
        forms = "|".join(pattern_of(form) for form in longest_first)
        self.pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)

    def split(self, text: str, found: set[str]) -> list[str | Mark]:
        """Cut a text around the terms that are not ``found`` yet, which grows."""
        pieces: list[str | Mark] = []
        last = 0
        for match in self.pattern.finditer(text) if self.ids else ():
            term_id = self.ids.get(fold(match.group()))
            if term_id is None or term_id in found:
                continue
            found.add(term_id)
            pieces += [text[last : match.start()], Mark(term_id, match.group())]
            last = match.end()
        return [*pieces, text[last:]]

    def mark(self, element: Element, found: set[str]) -> None:
        """Mark the terms in the texts of an element, in the order of reading."""
        if element.tag in SKIPPED or element.get("class") == "callout__title":
            return
        children = list(element)
        element.text, marks = self.wrap(element.text, found)
        element[:] = marks
        for child in children:
            self.mark(child, found)
            child.tail, marks = self.wrap(child.tail, found)
            element.extend([child, *marks])

    def wrap(self, text: str | None, found: set[str]) -> tuple[str | None, list[Element]]:
        """Give the text before the first term of a text, then each term with what follows it."""
        if not text or not text.strip():
            return text, []
        first, *pieces = self.split(text, found)
        marks: list[Element] = []
        for piece in pieces:
            if isinstance(piece, Mark):
                marks.append(Element("span", {ATTRIBUTE: piece.id}))
                marks[-1].text = piece.text
            else:
                marks[-1].tail = piece
        return str(first), marks


@lru_cache(maxsize=16)
def marker(terms: tuple[Spoken, ...]) -> Marker:
    """Give the marker of some terms, made once."""
    return Marker(terms)


def pattern_of(form: str) -> str:
    """Write the pattern of a form: any blank, either apostrophe; initials only in capitals."""
    words = [re.sub("['’]", "['’]", re.escape(word)) for word in form.split()]
    pattern = r"\s+".join(words)
    is_initialism = form.isupper() and len(form) <= LONGEST_INITIALISM
    return f"(?-i:{pattern})" if is_initialism else pattern


def fold(form: str) -> str:
    """Give a form as it is compared; initials are not the word that they look like."""
    flat = " ".join(form.replace("’", "'").split())
    return flat if flat.isupper() and len(flat) <= LONGEST_INITIALISM else flat.casefold()


def split_marks(html: str) -> Iterator[str | Mark]:
    """Go through the pieces of a page's HTML and the terms marked between them."""
    last = 0
    for match in MARK.finditer(html):
        yield html[last : match.start()]
        yield Mark(match[1], match[2])
        last = match.end()
    yield html[last:]


def strip_marks(html: str) -> str:
    """Give a page's HTML without its marks."""
    return MARK.sub(r"\2", html)
