"""Cut a text into runs of lines that are read together, and find places in them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.dialect.rendering.brackets import code_ends
from app.dialect.scanner import Kind, Scanned
from app.dialect.source import Line, Span


@dataclass(slots=True)
class Run:
    """Lines that follow each other without a blank one, outside fences."""

    lines: list[Line]
    text: str = ""
    starts: list[int] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    """Where code spans stand, in order."""
    before: Line | None = None
    """The last line before the run that is not blank, up to a heading."""

    def __post_init__(self) -> None:
        """Join the lines, and note where each starts."""
        self.text = "\n".join(line.text for line in self.lines)
        place = 0
        for line in self.lines:
            self.starts.append(place)
            place += len(line.text) + 1
        self.code = find_code(self.text)

    def span(self, start: int, end: int) -> Span:
        """Give the place in the file of a piece of the text."""
        first, last = self.locate(start), self.locate(max(start, end - 1))
        return Span(*first, last[0], last[1] + (end > start))

    def locate(self, offset: int) -> tuple[int, int]:
        """Give the line and the column of a place in the text."""
        rank = bisect.bisect_right(self.starts, offset) - 1
        line = self.lines[rank]
        return line.number, line.column + offset - self.starts[rank]

    def in_code(self, offset: int) -> bool:
        """Tell whether a place of the text is inside a code span."""
        rank = bisect.bisect_right(self.code, (offset, len(self.text))) - 1
        return rank >= 0 and self.code[rank][0] <= offset < self.code[rank][1]


def find_code(text: str) -> list[tuple[int, int]]:
    """Find the code spans of a text."""
    if "`" not in text:
        return []
    spans: list[tuple[int, int]] = []
    ends = code_ends(text)
    last = 0
    for start, end in sorted(ends.items()):
        if start >= last and (start == 0 or text[start - 1] != "\\"):
            spans.append((start, end))
            last = end
    return spans


def runs(scanned: Sequence[Scanned]) -> Iterator[Run]:
    """Go through the runs of a text; a heading is a run of its own."""
    lines: list[Line] = []
    before: Line | None = None
    for one in scanned:
        if one.kind in (Kind.BLANK, Kind.FENCE, Kind.HEADING):
            if lines:
                yield Run(lines, before=before)
                before = lines[-1]
            lines = []
        if one.kind is Kind.HEADING:
            before = None
            yield Run([one.line])
        elif one.kind is Kind.FENCE:
            before = one.line
        elif one.kind is not Kind.BLANK:
            lines.append(one.line)
    if lines:
        yield Run(lines, before=before)
