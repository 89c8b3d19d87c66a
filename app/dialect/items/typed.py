"""What is typed, compared as people mean it: without case, accents, spaces or kinds of quotes."""

from __future__ import annotations

from app.dialect.labels import fold

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "‑": "-", "–": "-"})
LONGEST = 120


def bare(text: str) -> str:
    """Give the form under which typed answers are compared; a final full stop is left out."""
    return "".join(fold(text).translate(LIGATURES).split()).rstrip(".")


def is_typed(text: str) -> bool:
    """Tell whether a text may be kept as a typed answer."""
    return len(text) <= LONGEST and not any(character < " " for character in text)
