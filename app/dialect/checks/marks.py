"""Check that marks go in pairs: a lone one would be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.dialect.checks.emphasis import DELIMITERS, lone_marks
from app.dialect.checks.runs import Run
from app.dialect.messages import Report
from app.dialect.rendering.brackets import LINK_TAIL

APART = re.compile(r"\\.|<[^<>\s]+>|https?://[^\s)>\]]*|\{[^{}\n]*\}|\[\^[^\]\n]*\]", re.DOTALL)
"""What holds no mark: escapes, addresses, braces, calls of notes."""
UNIT = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)|\||\*\*[^*\n]{1,40}\*\*[ ]*:|$)")
"""What begins a text of its own inside a run: a list item, a row, a part, a quoted blank."""
ADDRESS = re.compile(r"\](?:(?=\()|(?=https?://|media/|#[a-z0-9]))")
PAIRED = re.compile(r"[*_~`\[\]]")
CODE = re.compile(r"(?<!`)`{1,2}(?!`)")
SIMPLE = re.compile(
    r"\*(?<![\w*\\]\*)(?P<two>\*?)(?=[\w«“(])[^*`\[\]\\{}\n]*(?<=[\w.:!?»”)…])"
    r"\*(?P=two)(?=[\s.,;:!?)»”…|—–-]|\Z)"
    r"|\[(?<!\\\[)[^\[\]\\*`_~\n]*\](?:\([^\s()\\]*\)|(?!\(|https?:|media/|#))"
)
"""What is plainly whole: most marks are. Each way begins with a mark, which is sought fast."""
BRACKET = re.compile(r"[\[\]]")
TAIL = re.compile(r"\](?=\()")
FILLER = "\x1a"


def check_marks(run: Run, report: Report) -> None:
    """Report the first lone mark of each text of a run."""
    if not PAIRED.search(run.text) or not PAIRED.search(SIMPLE.sub("", run.text)):
        return
    text = masked(run)
    links = list(broken_links(run))
    for start, end in units(run):
        found = [*lone_delimiters(text, start, end), *lone_brackets(text, start, end)]
        found += [place for place in links if start <= place[0] < end]
        if found:
            place, mark = min(found)
            span = run.span(place, place + len(mark))
            report.add_alone("R204-link" if mark == "](" else "R204", span, mark=mark)


def masked(run: Run) -> str:
    """Give the text of a run with fillers in place of what holds no mark."""
    pieces, last = [], 0
    places = [*run.code, *(match.span() for match in APART.finditer(run.text)), *tails(run)]
    for start, end in sorted(places):
        if start >= last:
            filler = "".join("\n" if one == "\n" else FILLER for one in run.text[start:end])
            pieces += [run.text[last:start], filler]
            last = end
    return "".join([*pieces, run.text[last:]])


def tails(run: Run) -> Iterator[tuple[int, int]]:
    """Go through the places of the addresses of links."""
    for match in TAIL.finditer(run.text):
        tail = LINK_TAIL.match(run.text, match.end())
        if tail:
            yield tail.span()


def broken_links(run: Run) -> Iterator[tuple[int, str]]:
    """Go through the brackets that an address follows, without making a link of it."""
    for match in ADDRESS.finditer(run.text):
        escaped = run.in_code(match.start()) or run.text[match.start() - 1] == "\\"
        if not escaped and not LINK_TAIL.match(run.text, match.end()):
            yield match.start(), "]("


def units(run: Run) -> Iterator[tuple[int, int]]:
    """Go through the texts of a run that no pair of marks leaves, each by its place."""
    start = 0
    for rank, line in enumerate(run.lines):
        mark = UNIT.match(line.text)
        if mark and run.starts[rank] > start:
            yield start, run.starts[rank]
            start = run.starts[rank]
        if mark and not mark.group().rstrip().endswith(("|", ":")):
            start = run.starts[rank] + mark.end()
    yield start, len(run.text)


def lone_delimiters(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Go through the marks of emphasis and of code that have no partner."""
    piece = text[start:end]
    if DELIMITERS.search(piece):
        yield from ((start + one.start, one.mark * one.count) for one in lone_marks(piece))
    yield from ((start + match.start(), match.group()) for match in CODE.finditer(piece))


def lone_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Go through the square brackets that have no partner."""
    waiting: list[int] = []
    for match in BRACKET.finditer(text[start:end]):
        if match.group() == "[":
            waiting.append(match.start())
        elif waiting:
            waiting.pop()
        else:
            yield start + match.start(), "]"
    yield from ((start + place, "[") for place in waiting)
