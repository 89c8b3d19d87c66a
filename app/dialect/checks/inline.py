"""Find the links, the images and the raw HTML of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.dialect.checks.runs import Run
from app.dialect.rendering.brackets import LINK_TAIL

TOKEN = re.compile(r"\\.|!?\[|\]", re.DOTALL)
DEFINITION = re.compile(r"[ \t>]*\[(?!\^)([^\]\n]{1,200})\]:[ \t]*(<[^<>\n]*>|\S+)", re.MULTILINE)
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])[^<>]*>|!--|!\[CDATA\[|![A-Za-z]|\?)")
TARGET = re.compile(r"\(\s*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))")
REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")


class Link(NamedTuple):
    """A link or an image: where it stands in the run, what it shows and where it leads."""

    start: int
    end: int
    text: str
    target: str | None
    """None for a link by reference: the target stands at the definition."""
    is_image: bool


def find_links(run: Run) -> Iterator[Link]:
    """Go through the links and images, those inside others first."""
    text = run.text
    waiting: list[tuple[int, bool]] = []
    if "[" not in text:
        return
    for match in TOKEN.finditer(text):
        mark = match.group()
        if mark[0] == "\\" or run.in_code(match.start()):
            continue
        if mark != "]":
            waiting.append((match.start(), mark[0] == "!"))
        elif waiting:
            start, is_image = waiting.pop()
            inside = text[start + 1 + is_image : match.start()]
            link = read_tail(text, start, match.end(), inside, is_image=is_image)
            if link is not None:
                yield link


def read_tail(text: str, start: int, end: int, inside: str, *, is_image: bool) -> Link | None:
    """Read what follows the closing bracket."""
    tail = LINK_TAIL.match(text, end)
    if tail:
        target = TARGET.match(text, end)
        found = (target[1] or target[2] or "") if target else ""
        return Link(start, tail.end(), inside, found, is_image)
    reference = REFERENCE.match(text, end)
    if reference:
        return Link(start, reference.end(), inside, None, is_image)
    return None


def find_addresses(run: Run) -> Iterator[Link]:
    """Go through the definitions of references and the addresses between angle brackets."""
    defined = DEFINITION.finditer(run.text) if "]:" in run.text else ()
    for match in defined:
        if not run.in_code(match.start(1)):
            yield Link(match.start(2), match.end(2), match[1], match[2].strip("<>"), False)
    for match in AUTOLINK.finditer(run.text) if "<" in run.text else ():
        if not run.in_code(match.start()):
            yield Link(match.start(), match.end(), match[1], match[1], False)


def find_html(run: Run) -> Iterator[tuple[int, int]]:
    """Go through the places of raw HTML, one for each line."""
    told = -1
    for match in HTML.finditer(run.text) if "<" in run.text else ():
        line, _ = run.locate(match.start())
        escaped = match.start() > 0 and run.text[match.start() - 1] == "\\"
        if line != told and not escaped and not run.in_code(match.start()):
            told = line
            yield match.span()
