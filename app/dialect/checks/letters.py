"""Check that the letters of a question follow each other: one passed over may be a lost answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.dialect.draft import Outline
from app.dialect.messages import Report
from app.dialect.unrendered import sound_items

TICKED = ("single", "multiple", "true_false", "poll")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def check_passed_letters(
    parts: Iterable[tuple[Report, Outline]], published: Collection[str]
) -> None:
    """Report the first letter that a question without errors passes over.

    A published question may: its letters are never given to another answer.
    """
    for report, outline in parts:
        for item in sound_items(outline, report):
            if item.type not in TICKED or item.id in published:
                continue
            letters = {choice.letter for choice in item.choices}
            wanted = ALPHABET[: ALPHABET.index(max(letters)) + 1]
            passed = next((letter for letter in wanted if letter not in letters), None)
            if passed:
                report.add("Q210", item.place, letter=passed)
