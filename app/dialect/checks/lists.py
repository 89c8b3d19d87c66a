"""Check what a hand that slips makes of lists: items that join the one before, or hang from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.dialect.messages import Report
from app.dialect.scanner import Kind, Scanned
from app.dialect.source import Line

ITEM = re.compile(r"[ \t]*(?:[-*+]|(\d{1,9})[.)])(?=[ \t]+\S)")
TWICE = re.compile(r"[ ]{0,3}(?:--(?!-)|\+\+(?!\+))[ \t]+\S")
OTHER = re.compile(r"[ \t]*(?:>|\||\[\^)")
"""What ends the text of an item without being its rest: quotes, tables, notes."""


@dataclass(slots=True)
class OpenList:
    """A list being read: where it may begin, where its last item's text stands."""

    base: int
    inside: int
    line: Line
    count: int = 1


class ListCheck:
    """Goes through the lines of a file, once."""

    def __init__(self, report: Report, answers: Collection[int]) -> None:
        self.report = report
        self.answers = answers
        self.open: list[OpenList] = []
        self.after_blank = True
        self.in_answers = False

    def read(self, scanned: Sequence[Scanned]) -> None:
        """Read the lines."""
        for one in scanned:
            if one.kind is Kind.BLANK:
                self.after_blank = True
            elif one.kind in (Kind.TEXT, Kind.NEAR):
                self.read_text(one.line)
                self.after_blank = False
            elif one.kind is not Kind.FENCE:
                self.end(0)
                self.in_answers = False
        self.end(0)

    def read_text(self, line: Line) -> None:
        """Read a line that is not blank."""
        if line.number in self.answers:
            self.end(0)
            self.in_answers = True
        elif self.in_answers and not self.after_blank:
            return  # What stands under an answer is checked with it.
        else:
            self.in_answers = False
            self.read_prose(line)

    def read_prose(self, line: Line) -> None:
        """Read a line of prose."""
        item = ITEM.match(line.text)
        in_paragraph = not (self.after_blank or self.open)
        if item and not (in_paragraph and item[1] and int(item[1]) != 1):
            self.read_item(line, item)
        elif TWICE.match(line.text):
            self.report.add_alone("R206-twice", line.visible())
        elif self.open and line.indent < self.open[-1].inside:
            if self.after_blank or OTHER.match(line.text):
                self.end(line.indent)
            else:
                self.report.add_alone("R206", line.visible())

    def read_item(self, line: Line, item: re.Match[str]) -> None:
        """Read the first line of an item."""
        width = line.indent
        blanks = len(item.group()) - len(item.group().lstrip())
        inside = width + len(item.group()) - blanks + 1
        while self.open and width < self.open[-1].base:
            self.close()
        if self.open and width >= self.open[-1].inside + 4 and not self.after_blank:
            self.report.add_alone("R206", line.visible())
        elif self.open and width >= self.open[-1].inside:
            self.open.append(OpenList(self.open[-1].inside, inside, line))
        elif self.open:
            self.open[-1].count += 1
            self.open[-1].inside = inside
        else:
            self.open.append(OpenList(0, inside, line))

    def end(self, width: int) -> None:
        """End the lists that a text at this column does not belong to."""
        while self.open and width < self.open[-1].inside:
            self.close()

    def close(self) -> None:
        """End the innermost list; one that hangs from another with a single item is told."""
        last = self.open.pop()
        if self.open and last.count == 1:
            self.report.add_alone("R207", last.line.visible())


def check_lists(scanned: Sequence[Scanned], answers: Collection[int], report: Report) -> None:
    """Report list items that will not be read as their author sees them."""
    ListCheck(report, answers).read(scanned)
