"""How likely somebody is to answer a question rightly: who they are, and how hard it is.

The usual model of item response theory (Rasch): the chance depends on what the person can do less
what the question asks. Without it everyone knows as much as anyone, and no question tells apart
those who know the rest: the analysis of the demonstration would accuse half of them.
"""

from __future__ import annotations

import hashlib
from math import exp
from statistics import NormalDist

USUAL = 2.1
"""Of a usual person before a usual question, in logits: right nine times in ten."""
BETWEEN_PEOPLE, BETWEEN_QUESTIONS = 1.6, 0.4
"""Standard deviations, in logits."""
FARTHEST = 2.0
"""Standard deviations beyond which nobody stands: who reads again passes in the end."""
NORMAL = NormalDist()


def ability_of(matricule: str) -> float:
    """Give what a person can do, above or below the usual; the same in every module."""
    return BETWEEN_PEOPLE * place("person", matricule)


def difficulty_of(slug: str, item_id: str) -> float:
    """Give how much more than usual a question asks."""
    return BETWEEN_QUESTIONS * place("question", slug, item_id)


def chance(ability: float, difficulty: float) -> float:
    """Give the probability of a right answer."""
    return 1 / (1 + exp(difficulty - ability - USUAL))


def place(*names: str) -> float:
    """Give a place on the normal law that depends on names alone, in standard deviations."""
    digest = hashlib.sha256("/".join(names).encode()).digest()
    share = (int.from_bytes(digest[:8], "big") + 0.5) / 2**64
    return max(-FARTHEST, min(FARTHEST, NORMAL.inv_cdf(share)))
