"""What the answers to a question say of the question: how easy it is, how well it discriminates.

Discrimination is the corrected item-rest correlation: Pearson's r between the credit of the
question and the share of the points earned on all the others (Henrysson, 1963, *Psychometrika* 28).
For a question that is right or wrong it is the point-biserial correlation. An attempt asks a draw:
its rest is counted over what it asked, so questions that chance left out are no wrong answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

LEAST_ATTEMPTS = 30
"""Under so many first attempts nothing is said of a question."""


@dataclass(frozen=True, slots=True)
class Observed:
    """How one attempt answered one question."""

    credit: float
    """The share of the points earned, from 0 to 1."""
    rest: float | None
    """The share earned on the other questions; None where there is no other."""
    letters: tuple[str, ...] = ()
    """What was ticked."""
    is_answered: bool = True


@dataclass
class Sums:
    """Observations of a question being added up."""

    n: int = 0
    right: int = 0
    partly: int = 0
    unanswered: int = 0
    paired: int = 0
    x: float = 0.0
    xx: float = 0.0
    r: float = 0.0
    rr: float = 0.0
    xr: float = 0.0
    credit: float = 0.0
    letters: Counter[str] = field(default_factory=Counter)
    rests: dict[str, float] = field(default_factory=dict)

    def add(self, one: Observed) -> None:
        """Add an observation."""
        self.n += 1
        self.credit += one.credit
        self.right += one.credit == 1
        self.partly += 0 < one.credit < 1
        self.unanswered += not one.is_answered
        self.letters.update(one.letters)
        if one.rest is not None:
            self.paired += 1
            self.x += one.credit
            self.xx += one.credit**2
            self.r += one.rest
            self.rr += one.rest**2
            self.xr += one.credit * one.rest
            for letter in one.letters:
                self.rests[letter] = self.rests.get(letter, 0.0) + one.rest


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """The figures of a question over the first attempts that asked it."""

    item_id: str
    n: int
    right: int
    partly: int
    unanswered: int
    facility: float
    """The mean credit, from 0 to 1."""
    discrimination: float | None
    """From -1 to 1; None where one of the two does not vary."""
    letters: Mapping[str, int] = field(default_factory=dict)
    """How often each choice was ticked."""
    rests: Mapping[str, float] = field(default_factory=dict)
    """The mean rest of those who ticked each choice."""
    deviation: float = 0.0
    """The standard deviation of the rests."""

    @property
    def outcomes(self) -> dict[str, int]:
        """Part the attempts by what came of the question."""
        wrong = self.n - self.right - self.partly - self.unanswered
        return {
            "right": self.right, "partly": self.partly, "other": wrong,
            "unanswered": self.unanswered,
        }  # fmt: skip


def figures_of(item_id: str, sums: Sums) -> ItemFigures:
    """Make the figures of a question that was asked at least once."""
    return ItemFigures(
        item_id=item_id,
        n=sums.n,
        right=sums.right,
        partly=sums.partly,
        unanswered=sums.unanswered,
        facility=round(sums.credit / sums.n, 4),
        discrimination=correlation(sums),
        letters=dict(sorted(sums.letters.items())),
        rests={
            letter: round(total / sums.letters[letter], 4)
            for letter, total in sorted(sums.rests.items())
        },
        deviation=deviation_of(sums),
    )


def deviation_of(sums: Sums) -> float:
    """Give the standard deviation of the rests."""
    if not sums.paired:
        return 0.0
    mean = sums.r / sums.paired
    return round(sqrt(max(0.0, sums.rr / sums.paired - mean**2)), 4)


def correlation(sums: Sums) -> float | None:
    """Give Pearson's correlation of credits and rests; None where one of them does not vary."""
    n = sums.paired
    varies_x, varies_r = n * sums.xx - sums.x**2, n * sums.rr - sums.r**2
    if n < 2 or varies_x < 1e-9 * n or varies_r < 1e-9 * n:
        return None
    found = (n * sums.xr - sums.x * sums.r) / (sqrt(varies_x) * sqrt(varies_r))
    return round(max(-1.0, min(1.0, found)), 4)


def renew(
    kept: Iterable[ItemFigures], fresh: Iterable[ItemFigures], *, least: int
) -> list[ItemFigures]:
    """Take fresh figures only where at least so many agents more have answered.

    Else the difference with what was shown before would tell how one of them did.
    """
    before = {one.item_id: one for one in kept}
    return [
        one
        if (old := before.get(one.item_id)) is None
        or old.n < LEAST_ATTEMPTS
        or one.n - old.n >= least
        else old
        for one in fresh
    ]
