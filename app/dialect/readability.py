"""How easily a French text reads: the formula of Kandel and Moles (1958), adapted from Flesch.

207 − 1.015 × (words per sentence) − 73.6 × (syllables per word): about 100 for very easy, 60 for
plain, under 30 for very hard. Syllables are counted by groups of vowels, mute endings left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.dialect.labels import fold

WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[.!?…]+[\s»”)*_]+|\n\s*\n|\n(?=\s*(?:[-*+>|]|\d+[.)])\s)|[;:]\s")
VOWELS = re.compile(r"[aeiouy]+")
MUTE = re.compile(r"(?<=[^aeiouy])(?:e|es|ent)$")
CITED = re.compile(r"\([^()]*\d[^()]*\)")
"""A parenthesis with a number cites an article: nobody reads it aloud."""


def reading_ease(text: str) -> float | None:
    """Score a text; None where it is too short for a score to mean anything."""
    prose = CITED.sub("", text)
    sentences = [part for part in SENTENCE.split(prose) if part and WORD.search(part)]
    words = WORD.findall(prose)
    if len(words) < 100 or not sentences:
        return None
    syllables = sum(map(count_syllables, words))
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)


@lru_cache(maxsize=16384)
def count_syllables(word: str) -> int:
    """Count the syllables that one hears in a word."""
    bare = fold(word).replace("œ", "oe")
    return max(1, len(VOWELS.findall(MUTE.sub("", bare))))
