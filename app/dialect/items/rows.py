"""Read the rows of an ordering (``1. text``) and of a matching (``- left -> right``)."""

from __future__ import annotations

import re
from collections.abc import Collection

from app.dialect.draft import ItemDraft, RowDraft
from app.dialect.items.answers import LinesReader
from app.dialect.items.body import TICK, TICK_LIKE
from app.dialect.labels import fold
from app.dialect.messages import Edit, Report
from app.dialect.source import Line, join, trim

NUMBERED = re.compile(r"[ ]{0,3}(\d{1,9})[.)]([ \t]+|$)")
BULLET = re.compile(r"[ ]{0,3}[-*+]([ \t]+|$)")
ARROW = re.compile(r"(?<![-=<>~])(?:->|→)(?!>)")
ARROW_LIKE = re.compile(r"[-=~–—]+>+|→")
ROWS = range(2, 13)


class RowsReader(LinesReader):
    """Reads an ordering: its rows are numbered, in the right order."""

    def take_answer(self, line: Line) -> bool:
        """Read a row, or a line that goes with the last one."""
        if TICK.match(line.text) or TICK_LIKE.match(line.text):
            mark = line.text[line.text.index("[") + 1 : line.text.index("]")]
            self.report.add("Q109", line.visible(), mark=mark, allowed="")
        elif not self.begin_row(line):
            if self.open is None:
                return False
            self.continue_choice(line, self.open)
        return True

    def begin_row(self, line: Line) -> bool:
        """Begin a row; False where the line is none, as in a part: its lists are text."""
        match = NUMBERED.match(line.text)
        if match is None or self.texts:
            return False
        text = line.cut(match.end()).stripped()
        row = RowDraft(line, (text,) if text.text else (), rank=int(match[1]))
        self.begin_line(row, match[2], mark=len(match[1]) + 1)
        self.draft.rows.append(row)
        return True


class PairsReader(RowsReader):
    """Reads a matching: each row brings a left side to a right side."""

    def begin_row(self, line: Line) -> bool:
        """Begin a pair; every list item is one, and must have its arrow."""
        match = BULLET.match(line.text)
        if self.texts:
            if match and ARROW.search(line.text):
                self.report.add("Q114", line.visible())
            return False
        if match is None:
            if ARROW_LIKE.search(line.text) and not line.text.lstrip().startswith(">"):
                self.report.add("Q112-arrow", line.visible())
                return True
            return False
        body = line.cut(match.end())
        arrow = ARROW.search(body.text)
        if arrow is None or ARROW_LIKE.search(body.text, arrow.end()):
            edits = write_arrow(body) if arrow is None else ()
            self.report.add("Q112-arrow", line.visible(), edits=edits)
        left = body.cut(0, arrow.start() if arrow else None).stripped()
        right = body.cut(arrow.end()).stripped() if arrow else left
        row = RowDraft(line, (left,) if left.text else (), (right,))
        self.begin_line(row, match[1])
        self.draft.rows.append(row)
        return True


def write_arrow(body: Line) -> tuple[Edit, ...]:
    """Give the edit that writes the arrow of a row, where one only resembles it."""
    found = list(ARROW_LIKE.finditer(body.text))
    if len(found) != 1 or body.text[: found[0].start()].endswith("<") or found[0][0] == "->":
        return ()  # What stands before an arrow that is well written is what is wrong.
    return (Edit(*body.span(*found[0].span()), "->"),)


def read_rows(draft: ItemDraft, parts: Collection[str], report: Report) -> None:
    """Read the stem, the rows and the parts of an ordering."""
    finish(RowsReader(draft, parts, report))


def read_pairs(draft: ItemDraft, parts: Collection[str], report: Report) -> None:
    """Read the stem, the pairs and the parts of a matching."""
    finish(PairsReader(draft, parts, report))


def finish(reader: RowsReader) -> None:
    """Read the whole, and drop the blank lines around what is said of each row."""
    reader.read()
    for row in reader.draft.rows:
        row.feedback = list(trim(row.feedback))


def plain(text: tuple[Line, ...]) -> str:
    """Give a text as it is compared with others."""
    return fold(join(text))


def check_numbers(draft: ItemDraft, report: Report) -> None:
    """Report the first row whose number does not follow: a row above it was lost or doubled."""
    ranks = [row.rank for row in draft.rows]
    if set(ranks) == {1} or len(ranks) < ROWS.start:
        return  # « 1. » on every row is how some write an ordered list.
    for expected, row in enumerate(draft.rows, start=1):
        if row.rank != expected:
            report.add("Q112-number", row.line.visible(), expected=expected, found=row.rank)
            return


def check_row_texts(draft: ItemDraft, report: Report) -> None:
    """Report rows without text, and rows that say the same."""
    seen: set[str] = set()
    for row in draft.rows:
        text = plain(row.text)
        if not text:
            report.add("Q113-choice", row.line.visible())
        elif text in seen:
            report.add("Q204", row.line.visible())
        seen.add(text)


def check_row_count(draft: ItemDraft, report: Report) -> None:
    """Report too few or too many rows."""
    if len(draft.rows) not in ROWS:
        report.add("Q105-rows", draft.place, count=len(draft.rows))
