"""Text as one searches it: without tags, accents or case, each letter's place remembered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

WORD = re.compile(r"\w+")
BLANKS = re.compile(r"[ \t\r\n]+")
LIGATURES = {"œ": "oe", "æ": "ae"}
BLOCKS = frozenset({
    "p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "dt",
    "dd", "blockquote", "div", "section", "aside", "pre", "br", "hr", "figure", "figcaption",
    "details", "summary",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, and where it stands in the text as written."""

    folded: str
    start: int
    end: int


class TextReader(HTMLParser):
    """Collects the text of rendered HTML, with a space where a block ends, without note calls."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.in_call = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part what a block opens from what stands before it."""
        self.in_call |= tag == "sup"
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Part what a block holds from what follows it."""
        self.in_call &= tag != "sup"
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self.in_call:
            self.parts.append(data)


def text_of(html: str) -> str:
    """Give the text of rendered HTML on one line."""
    reader = TextReader()
    reader.feed(html)
    reader.close()
    # No-break spaces stay: an excerpt is typeset as its text is.
    return BLANKS.sub(" ", "".join(reader.parts)).strip(" ")


def fold(text: str) -> str:
    """Give a text without accents, case or ligatures."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    for ligature, letters in LIGATURES.items():
        bare = bare.replace(ligature, letters)
    return "".join(char for char in bare if not unicodedata.combining(char))


def words_of(text: str) -> list[Word]:
    """List the words of a text, folded, with their places."""
    return [Word(fold(match.group()), *match.span()) for match in WORD.finditer(text)]
