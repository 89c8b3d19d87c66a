"""What a search by name compares: words without accents, capitals or signs."""

from __future__ import annotations

import unicodedata


def search_key(*texts: str) -> str:
    """Fold texts into words of letters and digits, separated by spaces."""
    spread = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    kept = (char for char in spread if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())
