"""Names and titles as they can be printed."""

from __future__ import annotations

import unicodedata

# Controls, invisible formatting (reversed writing among them), private and unassigned characters.
UNPRINTABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# What the font of the document draws: Latin, Greek, Cyrillic, common punctuation and
# the sign of what is below zero.
DRAWN = ((0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x233), (0x386, 0x3CE), (0x400, 0x45F),
         (0x1E00, 0x1EFF), (0x2010, 0x2026), (0x2212, 0x2212))  # fmt: skip


def printable(text: str) -> str:
    """Write a text on one line, composed, without what cannot be seen."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    seen = "".join(char for char in spaced if unicodedata.category(char) not in UNPRINTABLE)
    return " ".join(seen.split())


def drawn_by_the_font(text: str) -> str:
    """Replace by « ? » the rare characters for which the document's font has no drawing."""
    return "".join(
        char if any(first <= ord(char) <= last for first, last in DRAWN) else "?" for char in text
    )
