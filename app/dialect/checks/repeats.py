"""Check that no line is written twice, and that quotes go on as they began."""

from __future__ import annotations

import re

from app.dialect.checks.runs import Run
from app.dialect.messages import Report
from app.dialect.rendering.blocks import DEEPEST
from app.dialect.source import Line

WORD = re.compile(r"\w{2}")
MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|\||\*\*[^*]{1,40}\*\*[ ]*:)")
"""What begins a text of its own after a quote."""
QUOTES = re.compile(r"[ \t]*((?:>[ \t]?)*)")


def check_repeats(run: Run, report: Report) -> None:
    """Report lines that repeat the one before them."""
    for before, line in zip(run.lines, run.lines[1:], strict=False):
        if before.text == line.text and WORD.search(line.text):
            report.add_alone("R205", line.visible())


def check_quotes(run: Run, report: Report) -> None:
    """Report lines that would be a quote inside the quote, or that show their mark."""
    if ">" not in run.text:
        return
    depth, indent = 0, 0
    for line in run.lines:
        now = depth_of(line)
        moved = depth and now and abs(line.indent - indent) >= 2
        if max(1, depth) < now <= DEEPEST or moved:
            report.add_alone("R208", line.visible())
        elif not now and 0 < depth < DEEPEST and not indent and not MARK.match(line.text):
            report.add_alone("R208-lazy", line.visible())
        # A blank line of a quote parts what follows it: a quote may begin there.
        depth, indent = now if line.text.strip(" \t>") else DEEPEST, line.indent


def depth_of(line: Line) -> int:
    """Count the marks of quotes that begin a line."""
    match = QUOTES.match(line.text)
    return match[1].count(">") if match else 0
