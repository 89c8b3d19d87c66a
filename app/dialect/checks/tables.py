"""Check tables and call-outs: what GitHub would not show as meant."""

from __future__ import annotations

import re

from app.dialect.checks.runs import Run
from app.dialect.messages import Report
from app.dialect.rendering.blocks import DELIMITER, PIPE, cells
from app.dialect.rendering.callouts import TITLES
from app.dialect.source import Line

PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*")
QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
MARKER = re.compile(r"\[!([^\[\]]*)\]")
NEAR_MARKER = re.compile(r"(?:\[{0,2}!?|!)\s*([A-Za-z]+)\s*\]?\s*$|!?\s*([A-Za-z]+)\s*\]\s*$")
DAMAGED = re.compile(r"[\s|:-]*-[\s|:-]*$")


def check_tables(run: Run, report: Report) -> None:
    """Report tables without header, and rows that nothing makes a table of."""
    rows = [line.cut(prefix_end(line)) for line in run.lines]
    rank = 0
    while rank < len(rows) - 1:
        head, rule = rows[rank].text, rows[rank + 1].text
        if not is_row(run, rank, rows):
            rank += 1
        elif "-" in rule and DELIMITER.match(rule) and cells(head) == cells(rule):
            if not head.strip(" |\t"):
                report.add("A103", rows[rank].visible())
            rank = end_of_rows(rows, rank)
        elif is_table_like(run, rank, rows):
            report.add("R203", rows[rank].visible())
            rank = end_of_rows(rows, rank)
        else:
            rank += 1


def prefix_end(line: Line) -> int:
    """Give where the text of a line begins, after the marks of quotes."""
    match = PREFIX.match(line.text)
    return match.end() if match else 0


def is_row(run: Run, rank: int, rows: list[Line]) -> bool:
    """Tell whether a line has cells."""
    start = run.starts[rank] + len(run.lines[rank].text) - len(rows[rank].text)
    return any(not run.in_code(start + m.start()) for m in PIPE.finditer(rows[rank].text))


def is_table_like(run: Run, rank: int, rows: list[Line]) -> bool:
    """Tell whether a line and the next are meant as rows."""
    head, after = rows[rank].text.strip(), rows[rank + 1].text.strip()
    if DAMAGED.match(after) and "|" in after:
        return True
    return head.startswith("|") and head.endswith("|") and is_row(run, rank + 1, rows)


def end_of_rows(rows: list[Line], rank: int) -> int:
    """Give the rank of the first line that has no cell."""
    while rank < len(rows) and PIPE.search(rows[rank].text):
        rank += 1
    return rank


def check_callouts(run: Run, report: Report) -> int:
    """Report markers that will not make a call-out; count the cases of exemplary conduct."""
    exemplary = 0
    for rank, line in enumerate(run.lines):
        text = line.cut(prefix_end(line)).stripped()
        marker = MARKER.match(text.text)
        quoted = QUOTED.match(line.text) is not None
        if marker is None:
            check_near_marker(text, report)
            continue
        first = rank == 0 or QUOTED.match(run.lines[rank - 1].text) is None
        if marker[1].lower() not in TITLES:
            report.add("R202", text.span(0, marker.end()), name=marker[1])
        elif marker.end() < len(text.text) or not quoted or not first:
            report.add("R202-text", text.span())
        elif rank + 1 == len(run.lines) or not run.lines[rank + 1].text.strip(" \t>"):
            report.add("R202-empty", text.span())
        elif marker[1].lower() == "exemple" and run.lines[0].indent < 4:
            exemplary += 1
    return exemplary


def check_near_marker(text: Line, report: Report) -> None:
    """Report a line that is a marker but for a bracket."""
    near = NEAR_MARKER.match(text.text)
    name = (near[1] or near[2]) if near else ""
    if name.isupper() and name.lower() in TITLES:
        report.add("R202", text.span(), name=text.text)
