"""Words that carry structure, compared without case, accents or kinds of spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

YES_NO = {"oui": True, "yes": True, "non": False, "no": False}

PARTS = {
    "indice": "hint",
    "hint": "hint",
    "explication": "explanation",
    "explanation": "explanation",
    "references": "references",
    "reference": "references",
    "competences": "skills",
    "skills": "skills",
    "eclairage": "debrief",
    "debrief": "debrief",
    "reponse": "answer",
    "answer": "answer",
}
PART_LABELS = {
    "hint": ("Indice", "Hint"),
    "explanation": ("Explication", "Explanation"),
    "references": ("Références", "References"),
    "skills": ("Compétences", "Skills"),
    "debrief": ("Éclairage", "Debrief"),
    "answer": ("Réponse", "Answer"),
}


def fold(text: str) -> str:
    """Give the form under which labels are compared."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def distance(left: str, right: str, limit: int) -> int:
    """Count the edits (a swap of neighbours is one) between two words, up to ``limit`` + 1."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before = before, row
        row = [i]
        for j, b in enumerate(right, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return min(row[-1], limit + 1)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Find the candidate a careless hand may have meant; None when all are far."""
    return nearest_of(fold(word)[:60], tuple(candidates))


@lru_cache(maxsize=1024)
def nearest_of(folded: str, candidates: tuple[str, ...]) -> str | None:
    """Find the nearest of some candidates to a folded word."""
    found: tuple[int, str] | None = None
    for candidate in candidates:
        limit = max(1, len(candidate) // 4)
        gap = distance(folded, fold(candidate), limit)
        if gap <= limit and (found is None or gap < found[0]):
            found = (gap, candidate)
    return found[1] if found else None
