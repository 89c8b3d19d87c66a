"""Escape the brackets that cannot make a link: Python-Markdown reads on from each of them."""

from __future__ import annotations

import re

DEEPEST = 12
ESCAPED = f"\x02{ord('[')}\x03"
"""A backslash would be one more thing to find, and finding costs the length of the text."""
LINK_TAIL = re.compile(
    r"\([ \t\n]{0,20}(?:<[^<>\n]{0,2000}>|[^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,8})"
    r"(?:[ \t\n]{1,20}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?[ \t\n]{0,20}\)"
)
TOKEN = re.compile(r"\\.|`+|\[|\]", re.DOTALL)


def tame(text: str) -> str:
    """Escape each opening bracket of a paragraph that has no partner or stands too deep."""
    if "[" not in text:
        return text
    lone: list[int] = []
    waiting: list[int] = []
    skip_to = 0
    closings = code_ends(text)
    for match in TOKEN.finditer(text):
        mark, start = match.group(), match.start()
        if start < skip_to:
            continue
        if mark[0] == "`":
            skip_to = closings.get(start, match.end())
        elif mark == "[":
            (lone if len(waiting) >= DEEPEST else waiting).append(start)
        elif mark == "]" and waiting:
            opening = waiting.pop()
            if text.startswith("(", match.end()) and not LINK_TAIL.match(text, match.end()):
                lone.append(opening)
    return escape_at(text, sorted(lone + waiting))


def code_ends(text: str) -> dict[int, int]:
    """Give, for each run of backticks, the end of the code span that it would open."""
    ends: dict[int, int] = {}
    later: dict[int, tuple[int, int]] = {}
    runs = [match.span() for match in re.finditer(r"`+", text)]
    for start, end in reversed(runs):
        size = end - start
        if size in later:
            ends[start] = later[size][1]
        later[size] = (start, end)
    return ends


def escape_at(text: str, places: list[int]) -> str:
    """Write each bracket at the places as Python-Markdown writes an escaped one."""
    pieces, last = [], 0
    for place in places:
        pieces += [text[last:place], ESCAPED]
        last = place + 1
    return "".join([*pieces, text[last:]])
