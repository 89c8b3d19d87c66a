"""A text with its lines, and where each piece of it stands in the author's file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

BOM = "\ufeff"


class Span(NamedTuple):
    """A place in a file: lines and columns count from 1, the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Line(NamedTuple):
    """A line, or the end of one: ``column`` is where its text starts in the file."""

    number: int
    column: int
    text: str

    def cut(self, start: int, end: int | None = None) -> Line:
        """Take a piece of the line, which keeps its place."""
        return Line(self.number, self.column + start, self.text[start:end])

    def stripped(self) -> Line:
        """Drop the blanks at both ends."""
        text = self.text.lstrip()
        bare = text.rstrip()
        if len(bare) == len(self.text):
            return self
        return Line(self.number, self.column + len(self.text) - len(text), bare)

    @property
    def indent(self) -> int:
        """Count the columns before the first character, a tab going to the next multiple of 4."""
        width = 0
        for character in self.text:
            if character == "\t":
                width += 4 - width % 4
            elif character == " ":
                width += 1
            else:
                break
        return width

    @property
    def is_blank(self) -> bool:
        """Tell whether there is nothing to read."""
        return not self.text or self.text.isspace()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Give the place of a piece of the line."""
        stop = len(self.text) if end is None else end
        return Span(self.number, self.column + start, self.number, self.column + stop)

    def visible(self) -> Span:
        """Give the place of the line without its outer blanks."""
        return self.stripped().span()


Passage = tuple[Line, ...]


def join(passage: Iterable[Line]) -> str:
    """Give the text of a passage."""
    return "\n".join(line.text for line in passage)


def trim(lines: Sequence[Line]) -> Passage:
    """Drop the blank lines at both ends of a passage."""
    start, end = 0, len(lines)
    while start < end and lines[start].is_blank:
        start += 1
    while end > start and lines[end - 1].is_blank:
        end -= 1
    return tuple(lines[start:end])


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its path as messages name it, and its text in NFC with LF line ends."""

    path: str
    text: str
    lines: tuple[Line, ...]
    written: tuple[str, ...]
    """The lines as the author wrote them, which messages count in."""

    def place(self, span: Span) -> Span:
        """Turn columns of the normalised text into columns of the file."""
        return Span(
            span.line,
            self._column(span.line, span.column),
            span.end_line,
            self._column(span.end_line, span.end_column),
        )

    def _column(self, number: int, column: int) -> int:
        if not 1 <= number <= len(self.lines):
            return column
        written = self.written[number - 1]
        if len(written) == len(self.lines[number - 1].text):
            return column
        width = 0
        for index, character in enumerate(written):
            if not unicodedata.combining(character):
                if width == column - 1:
                    return index + 1
                width += 1
        return len(written) + 1


def read_source(path: str, text: str) -> Source:
    """Read a text: the BOM is dropped, line ends become LF and characters NFC."""
    unix = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    written = tuple(unix.split("\n"))
    normal = written
    if not unicodedata.is_normalized("NFC", unix):
        normal = tuple(unicodedata.normalize("NFC", line) for line in written)
    lines = tuple(Line(number, 1, line) for number, line in enumerate(normal, start=1))
    return Source(path, "\n".join(normal), lines, written)
