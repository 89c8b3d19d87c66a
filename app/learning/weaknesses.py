"""What is weak in a question, from its figures; every threshold stands here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from app.learning.item_figures import LEAST_ATTEMPTS, ItemFigures

EASY, HARD = 0.95, 0.30
"""Facilities beyond which nearly all, or too few, are right."""
WEAK = 0.15
"""A discrimination under which a question says little of who knows the rest."""
LEFT = 0.10
"""The share without an answer from which a question is unclear."""
DOUBT = 2.0
"""Standard errors that a figure must be away from nothing before it accuses a key."""

SELDOM = 0.05
"""The share of the ticks that a choice with some attraction gets."""
SURPRISE = 0.05
"""How rarely it must happen that chance alone would leave such a choice without any."""


class Weakness(StrEnum):
    """What may be wrong with a question, the gravest first."""

    INVERTED = "inverted"
    ATTRACTS_BEST = "attracts_best"
    HARD = "hard"
    WEAK = "weak"
    LEFT = "left"
    NOBODY = "nobody"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Finding:
    """A weakness, and the choice that it is about."""

    weakness: Weakness
    letter: str = ""


def find_weaknesses(
    figures: ItemFigures, credits: Mapping[str, int], *, least: int
) -> list[Finding]:
    """List what is weak in a question, the gravest first; nothing where too few were asked.

    ``credits`` maps its choices to how much of the points each earns, in percent.
    """
    if figures.n < LEAST_ATTEMPTS:
        return []
    found = [*find_in_figures(figures), *find_in_choices(figures, credits, least)]
    order = list(Weakness)
    return sorted(found, key=lambda one: (order.index(one.weakness), one.letter))


def find_in_figures(figures: ItemFigures) -> Iterator[Finding]:
    """Find what the figures of the whole question say."""
    discrimination = figures.discrimination
    if figures.facility >= EASY:
        yield Finding(Weakness.EASY)
    elif figures.facility <= HARD:
        yield Finding(Weakness.HARD)
    if discrimination is not None and discrimination <= -DOUBT / sqrt(figures.n):
        yield Finding(Weakness.INVERTED)
    elif discrimination is not None and discrimination < WEAK and figures.facility < EASY:
        yield Finding(Weakness.WEAK)
    if figures.unanswered / figures.n >= LEFT:
        yield Finding(Weakness.LEFT)


def find_in_choices(
    figures: ItemFigures, credits: Mapping[str, int], least: int
) -> Iterator[Finding]:
    """Find choices that nobody ticks, and wrong ones ticked by those who do best elsewhere."""
    right = next((letter for letter, credit in credits.items() if credit == 100), "")
    by_chance = (1 - SELDOM) ** (figures.n - figures.unanswered)
    for letter, credit in credits.items():
        if not figures.letters.get(letter, 0) and credit < 100 and by_chance <= SURPRISE:
            yield Finding(Weakness.NOBODY, letter)
        if credit == 0 and does_better(figures, letter, right, least):
            yield Finding(Weakness.ATTRACTS_BEST, letter)


def does_better(figures: ItemFigures, letter: str, right: str, least: int) -> bool:
    """Tell whether those who tick a choice do better elsewhere than those who are right.

    Both must be enough, and the difference more than chance gives.
    """
    ours, theirs = figures.letters.get(letter, 0), figures.letters.get(right, 0)
    if min(ours, theirs) < least or not {letter, right} <= figures.rests.keys():
        return False
    chance = DOUBT * figures.deviation * sqrt(1 / ours + 1 / theirs)
    return figures.rests[letter] - figures.rests[right] > chance
