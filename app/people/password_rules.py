"""Which passwords are refused: too short, known to everyone, or made of who one is."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

MINIMUM = 12
PRIVILEGED_MINIMUM = 16
LEAST_OWN_PART = 8
"""How many letters and digits must remain once names, matricule and known words are taken out."""

ORNAMENTS = string.digits + string.punctuation + string.whitespace
LOOKALIKES = str.maketrans("0134578@$!", "oleastbasi")


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    COMMON = "common"
    PERSONAL = "personal"


def find_weakness(password: str, *, minimum: int, personal: Iterable[str]) -> Weakness | None:
    """Say what is wrong with a password, if anything; ``personal`` are names and matricule."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < minimum:
        return Weakness.TOO_SHORT
    folded = fold(text)
    disguised = fold(text.strip(ORNAMENTS).translate(LOOKALIKES))
    if len(set(text)) < 5 or is_common(folded) or is_common(disguised):
        return Weakness.COMMON
    rest = folded
    for word in sorted(map(fold, personal), key=len, reverse=True):
        if len(word) >= 3:
            rest = rest.replace(word, "")
    return Weakness.PERSONAL if rest != folded and len(rest) < LEAST_OWN_PART else None


def fold(text: str) -> str:
    """Keep the letters and digits, without accents or capitals."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if char.isalnum())


def is_common(folded: str) -> bool:
    """Tell a password that is known words, or one of them between digits, or one repeated."""
    if not folded or folded.isdigit():
        return True
    core = folded.strip("0123456789")
    candidates = {folded, core, shortest_period(folded), shortest_period(core)}
    return any(len(word) < 3 or word in common_words() for word in candidates)


def shortest_period(text: str) -> str:
    """Give the block that a text repeats, or the text itself."""
    for size in range(1, len(text) // 2 + 1):
        if (text[:size] * (len(text) // size + 1))[: len(text)] == text:
            return text[:size]
    return text


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Read the list of common passwords, folded, kept beside this module."""
    path = Path(__file__).with_name("common_passwords.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
