"""Where a remark stands in a text that has changed since."""

from __future__ import annotations

from collections.abc import Sequence


def find_line(lines: Sequence[str], quote: str, line: int) -> int | None:
    """Find the quoted line nearest to where it stood; None where the text no longer has it."""
    places = [number for number, text in enumerate(lines, 1) if text == quote]
    return min(places, key=lambda number: (abs(number - line), number), default=None)
