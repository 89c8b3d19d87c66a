"""Tell what each line of a text is, before anything is read inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from app.dialect.source import Line

HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?=[ \t]|$)")
NEAR_HEADING = re.compile(r"\s*#")
CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")
FENCE = re.compile(r"([ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})(.*)")
RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$")
BEGINNINGS = "#-=*_"
"""How every line begins that is a heading, a rule or an underline."""
LIST_MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)")


class Kind(StrEnum):
    """What a line is for the structure."""

    BLANK = "blank"
    TEXT = "text"
    HEADING = "heading"
    RULE = "rule"
    FENCE = "fence"
    SETEXT = "setext"
    """The underline that would make a heading of the paragraph above."""
    NEAR = "near"
    """A line with heading marks that no reader takes for a heading."""
    OPEN = "open"
    """A fence that nothing closes."""


NO_TITLE = Line(0, 0, "")


class Scanned(NamedTuple):
    """A line and its kind; a heading also has its level and its text."""

    line: Line
    kind: Kind
    level: int = 0
    title: Line = NO_TITLE


def scan(lines: Sequence[Line]) -> list[Scanned]:
    """Tell the kind of every line; nothing is read inside fences."""
    found: list[Scanned] = []
    fences = Fences(lines)
    index = 0
    while index < len(lines):
        text = lines[index].text
        size = fences.size(index) if "```" in text or "~~~" in text else None
        if size:
            found += [Scanned(inner, Kind.FENCE) for inner in lines[index : index + size]]
            index += size
            continue
        before = found[-1] if found else None
        found.append(scan_line(lines[index], before, opens=size is not None))
        index += 1
    return found


class Fences:
    """The code fences of a text; an unclosed one is remembered, so that none is sought twice."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._unclosed: dict[tuple[str, bool], tuple[int, int]] = {}

    def size(self, index: int) -> int | None:
        """Count the lines of the fence that opens here: 0 when unclosed, None without one."""
        opening = FENCE.match(self._lines[index].text)
        if opening is None or (opening[2][0] == "`" and "`" in opening[3]):
            return None
        marks, quoted = opening[2], ">" in opening[1]
        length, until = self._unclosed.get((marks[0], quoted), (0, -1))
        if index < until and len(marks) >= length:
            return 0
        end = self._find_end(index + 1, marks, quoted=quoted)
        if end < 0:
            self._unclosed[marks[0], quoted] = (len(marks), -end)
            return 0
        return end - index

    def _find_end(self, start: int, marks: str, *, quoted: bool) -> int:
        """Find the index after the closing line; minus the index where the search gave up."""
        for index in range(start, len(self._lines)):
            text = self._lines[index].text.lstrip()
            if quoted:
                if not text.startswith(">"):
                    return -index
                text = text.lstrip("> \t")
            if text.startswith(marks) and not text.strip().strip(marks[0]):
                return index + 1
        return -len(self._lines)


def scan_line(line: Line, before: Scanned | None, *, opens: bool) -> Scanned:
    """Tell the kind of one line outside fences."""
    bare = line.text.lstrip()
    if bare and bare[0] not in BEGINNINGS and not opens:
        return Scanned(line, Kind.TEXT)
    heading = HEADING.match(line.text)
    if heading:
        return Scanned(line, Kind.HEADING, len(heading[1]), heading_title(line, heading.end()))
    kind = Kind.TEXT
    if line.is_blank:
        kind = Kind.BLANK
    elif opens:
        kind = Kind.OPEN
    elif NEAR_HEADING.match(line.text):
        kind = Kind.NEAR
    elif UNDERLINE.match(line.text) and before and is_paragraph(before):
        kind = Kind.SETEXT
    elif RULE.match(line.text):
        kind = Kind.RULE
    return Scanned(line, kind)


def is_paragraph(scanned: Scanned) -> bool:
    """Tell whether a line is plain text that an underline would turn into a heading."""
    text = scanned.line.text
    return (
        scanned.kind in (Kind.TEXT, Kind.OPEN)
        and not text.lstrip().startswith(">")
        and not LIST_MARK.match(text)
        and scanned.line.indent < 4
    )


def heading_title(line: Line, start: int) -> Line:
    """Take the text of a heading, without closing marks."""
    title = line.cut(start).stripped()
    closing = CLOSING_MARKS.search(title.text)
    return title.cut(0, closing.start()).stripped() if closing else title
