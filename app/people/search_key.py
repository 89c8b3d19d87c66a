"""What a search by name compares: words without accents, capitals or signs."""

from __future__ import annotations

import re
import unicodedata

WORDS = re.compile(r"[^\W_]+")


def search_key(*texts: str) -> str:
    """Fold texts into words of letters and digits, separated by spaces."""
    spread = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    if not spread.isascii():
        spread = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(WORDS.findall(spread))
