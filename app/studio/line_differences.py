"""What changed between two texts, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_LINES = 6_000
"""Lines of both texts in all: past that, comparing them would take the server's time."""
AROUND = 2
"""Unchanged lines shown before and after a change."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of a comparison: ``same``, ``removed``, ``added``, or ``cut`` for lines left out."""

    kind: str
    text: str = ""
    before: int = 0
    after: int = 0
    """Numbers of the line in each text; 0 where it is not there."""


def compare_texts(
    before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, list[LineChange] | None]:
    """Map the texts that differ, by path, to their changed lines."""
    return {
        path: compare_lines(before.get(path, ""), after.get(path, ""))
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    }


def compare_lines(before: str, after: str) -> list[LineChange] | None:
    """List the changed lines and those around them; None for texts too long to be compared."""
    one, other = before.split("\n"), after.split("\n")
    if len(one) + len(other) > MOST_LINES:
        return None
    changes: list[LineChange] = []
    matcher = SequenceMatcher(None, one, other, autojunk=len(one) + len(other) > 2_000)
    for group in matcher.get_grouped_opcodes(AROUND):
        changes += [LineChange("cut")] if changes else []
        for tag, a, b, c, d in group:
            if tag == "equal":
                changes += [
                    LineChange("same", one[a + i], a + i + 1, c + i + 1) for i in range(b - a)
                ]
                continue
            changes += [LineChange("removed", one[i], before=i + 1) for i in range(a, b)]
            changes += [LineChange("added", other[i], after=i + 1) for i in range(c, d)]
    return changes
