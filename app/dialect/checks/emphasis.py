"""Pair the marks of emphasis, in CommonMark's way, and find those that have no partner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = re.compile(r"\*+|_+|~~+")


@dataclass(slots=True)
class Delimiter:
    """A series of the same mark, and what it may do."""

    mark: str
    start: int
    count: int
    opens: bool
    closes: bool


def lone_marks(text: str) -> Iterator[Delimiter]:
    """Go through the marks of a text that have no partner."""
    waiting: list[Delimiter] = []
    for match in DELIMITERS.finditer(text):
        found = delimiter(text, match)
        if found.closes:
            close(found, waiting)
        if found.count and (found.opens or found.closes):
            waiting.append(found)
    yield from waiting


def delimiter(text: str, match: re.Match[str]) -> Delimiter:
    """Tell what a series of marks may do, from what stands around it."""
    mark, start, end = match.group()[0], match.start(), match.end()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    left = not after.isspace() and (not is_mark(after) or before.isspace() or is_mark(before))
    right = not before.isspace() and (not is_mark(before) or after.isspace() or is_mark(after))
    if mark == "_":
        opens, closes = (
            left and (not right or is_mark(before)),
            right and (not left or is_mark(after)),
        )
        return Delimiter(mark, start, end - start, opens, closes)
    return Delimiter(mark, start, end - start, left, right)


def is_mark(character: str) -> bool:
    """Tell whether a character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"


def close(found: Delimiter, waiting: list[Delimiter]) -> None:
    """Pair a series that may close with those that may open before it."""
    while found.count:
        rank = next(
            (
                rank
                for rank in range(len(waiting) - 1, -1, -1)
                if waiting[rank].mark == found.mark
                and waiting[rank].opens
                and fits(waiting[rank], found)
            ),
            None,
        )
        if rank is None:
            return
        opener = waiting[rank]
        used = 2 if min(opener.count, found.count) >= 2 else 1
        opener.count -= used
        found.count -= used
        found.start += used
        del waiting[rank + 1 :]
        if not opener.count:
            del waiting[rank]


def fits(opener: Delimiter, closer: Delimiter) -> bool:
    """Tell whether two series may go together: CommonMark's rule of three."""
    if not (opener.closes or closer.opens):
        return True
    total = opener.count + closer.count
    return total % 3 != 0 or (opener.count % 3 == 0 and closer.count % 3 == 0)
