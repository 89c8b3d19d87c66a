"""Check tables and call-outs: what GitHub would not show as meant."""

from __future__ import annotations

import re

from app.dialect.checks.runs import Run
from app.dialect.labels import only_near
from app.dialect.messages import Edit, Report
from app.dialect.rendering.blocks import DELIMITER, PIPE, cells
from app.dialect.rendering.callouts import TITLES
from app.dialect.source import Line

PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*")
QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
MARKER = re.compile(r"\[!([^\[\]]*)\]")
NEAR_MARKER = re.compile(r"(?:\[{0,2}!?|!)\s*([A-Za-z]+)\s*\]?\s*$|!?\s*([A-Za-z]+)\s*\]\s*$")
MARKER_LIKE = re.compile(r"\[!|" + "|".join(TITLES).upper())
DAMAGED = re.compile(r"[\s|:-]*-[\s|:-]*$")


def check_tables(run: Run, report: Report) -> None:
    """Report tables without header, and rows that nothing makes a table of."""
    if "|" not in run.text:
        return
    rows = [line.cut(prefix_end(line)) for line in run.lines]
    rank = 0
    while rank < len(rows) - 1:
        head, rule = rows[rank].text, rows[rank + 1].text
        if not is_row(run, rank, rows):
            rank += 1
        elif is_delimiter(run, rank, rule) and cells(head) == cells(rule):
            if not head.strip(" |\t"):
                report.add("A103", rows[rank].visible())
            last = end_of_rows(rows, rank)
            check_delimiters(rows[rank + 2 : last], report)
            rank = last
        elif is_table_like(run, rank, rows):
            report.add("R203", rows[rank].visible())
            rank = end_of_rows(rows, rank)
        else:
            rank += 1


def is_delimiter(run: Run, rank: int, rule: str) -> bool:
    """Tell whether the line after one makes a header of it."""
    line, after = run.lines[rank], run.lines[rank + 1]
    indented = after.indent >= max(4, line.indent + 4)
    return "-" in rule and DELIMITER.match(rule) is not None and not indented


def check_delimiters(rows: list[Line], report: Report) -> None:
    """Report a delimiter row among those of the data."""
    for row in rows:
        if "-" in row.text and DELIMITER.match(row.text):
            report.add("R203-again", row.visible())


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


def check_callouts(run: Run, report: Report) -> list[str]:
    """Report markers that will not make a call-out; give the cases of exemplary conduct."""
    cases: list[str] = []
    if not MARKER_LIKE.search(run.text):
        return cases
    for rank, line in enumerate(run.lines):
        text = line.cut(prefix_end(line)).stripped()
        marker = MARKER.match(text.text)
        quoted = QUOTED.match(line.text) is not None
        first = rank == 0 or QUOTED.match(run.lines[rank - 1].text) is None
        if marker is None:
            check_near_marker(text, report, may_begin=quoted and first)
            continue
        if marker[1].lower() not in TITLES:
            near = only_near(marker[1], TITLES) if marker.end() == len(text.text) else None
            edits = (Edit(*text.span(), f"[!{near.upper()}]"),) if near else ()
            report.add("R202", text.span(0, marker.end()), edits=edits, name=marker[1])
        elif quoted and first and marker.end() < len(text.text):
            report.add("R202-text", text.span(), edits=(part_marker(line, text, marker),))
        elif marker.end() < len(text.text) or not quoted or not first:
            report.add("R202-text", text.span())
        elif rank + 1 == len(run.lines) or not run.lines[rank + 1].text.strip(" \t>"):
            report.add("R202-empty", text.span())
        elif marker[1].lower() == "exemple" and run.lines[0].indent < 4:
            cases.append("\n".join(line.text for line in run.lines[rank + 1 :]))
    return cases


def part_marker(line: Line, text: Line, marker: re.Match[str]) -> Edit:
    """Give the edit that puts what follows a marker on a line of its own."""
    rest = text.text[marker.end() :]
    blanks = len(rest) - len(rest.lstrip())
    place = text.span(marker.end(), marker.end() + blanks)
    return Edit(*place, f"\n{line.text[: prefix_end(line)]}")


def check_near_marker(text: Line, report: Report, *, may_begin: bool) -> None:
    """Report a line that is a marker but for a bracket."""
    near = NEAR_MARKER.match(text.text)
    name = (near[1] or near[2]) if near else ""
    if name.isupper() and name.lower() in TITLES:
        edits = (Edit(*text.span(), f"[!{name}]"),) if may_begin else ()
        report.add("R202", text.span(), edits=edits, name=text.text)
