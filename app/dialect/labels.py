"""Words that carry structure, compared without case, accents or kinds of spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

USUAL_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
MAYBE_ACCENT = re.compile("[\u0370-\U0010ffff]")
"""Where the other marks that combine are, among much else."""
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
ENGLISH_PARTS = frozenset(english for _, english in PART_LABELS.values())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Give the form under which labels are compared."""
    bare = text.casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFD", bare.replace("’", "'"))
        bare = MAYBE_ACCENT.sub(drop_accent, USUAL_ACCENTS.sub("", bare))
    return " ".join(bare.split())


def drop_accent(match: re.Match[str]) -> str:
    """Give nothing in place of a mark that combines with a letter, else the mark."""
    return "" if unicodedata.combining(match[0]) else match[0]


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
    return next(iter(all_near(word, candidates)), None)


def only_near(word: str, candidates: Iterable[str]) -> str | None:
    """Find the candidate meant when only one can be: what may be written without asking."""
    found = all_near(word, candidates)
    return found[0] if len(found) == 1 else None


def all_near(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """List the candidates that a careless hand may have meant, the nearest first."""
    return near_of(fold(word)[:60], tuple(candidates))


@lru_cache(maxsize=1024)
def near_of(folded: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """List the candidates that are near a folded word."""
    found = []
    for rank, candidate in enumerate(candidates):
        limit = max(1, len(candidate) // 4)
        gap = distance(folded, fold(candidate), limit)
        if gap <= limit:
            found.append((gap, rank, candidate))
    return tuple(candidate for _, _, candidate in sorted(found))


SPOKEN_PARTS = {fold(label): label for labels in PART_LABELS.values() for label in labels}
SPOKEN_PARTS["reference"] = "Références"
"""The labels of the parts as they are best written, by their folded form."""
