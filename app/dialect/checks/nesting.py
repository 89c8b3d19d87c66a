"""Check how deep lists and quotes go."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.dialect.messages import Report
from app.dialect.rendering.blocks import DEEPEST
from app.dialect.scanner import Kind, Scanned
from app.dialect.source import Line

MARK = re.compile(r"[ \t]*(>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))")
LABEL = re.compile(r"\*\*[^*]*\*\*")
"""What follows the label of a part begins that part's own text."""


def check_nesting(scanned: Sequence[Scanned], report: Report) -> bool:
    """Report the first line that goes too deep; tell whether there is one."""
    lists: list[int] = []
    for one in scanned:
        if one.kind in (Kind.HEADING, Kind.RULE):
            lists = []
        if one.kind not in (Kind.TEXT, Kind.NEAR, Kind.OPEN):
            continue
        place = too_deep(one.line, lists)
        if place is not None:
            report.add("R103", one.line.span(place), limit=DEEPEST)
            return True
    return False


def is_plain(text: str) -> bool:
    """Tell whether a line begins with neither a mark nor a label: most do."""
    first = text.lstrip()[:1]
    return first not in "*->+" and not first.isdecimal()


def too_deep(line: Line, lists: list[int]) -> int | None:
    """Give where a line goes past the limit; ``lists`` are the open lists' columns."""
    if not lists and is_plain(line.text):
        return None
    label = LABEL.match(line.text)
    start = label.end() if label else 0
    if not lists and not MARK.match(line.text, start):
        return None
    while lists and line.indent < lists[-1]:
        lists.pop()
    depth, place, is_first = len(lists), start, True
    while match := MARK.match(line.text, place):
        depth += 1
        place = match.end()
        if depth > DEEPEST:
            return match.start(1)
        if is_first and match[1] != ">":
            lists.append(line.indent + len(match[1]) + 1)
        is_first = False
    return None
