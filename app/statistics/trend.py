"""Where the points of a trend stand in its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 1000, 300


@dataclass(frozen=True, slots=True)
class Drawing:
    """The line of a trend, in a box of `WIDTH` by `HEIGHT` that a page stretches."""

    points: tuple[tuple[float, float], ...]
    first: date
    last: date

    @property
    def line(self) -> str:
        """Write the points as SVG wants them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


def draw(shares: Sequence[tuple[date, float]]) -> Drawing | None:
    """Place percentages by their day, oldest first; None without any."""
    if not shares:
        return None
    first, last = shares[0][0], shares[-1][0]
    days = max((last - first).days, 1)
    # A single day stands in the middle.
    start = WIDTH / 2 if first == last else 0
    points = tuple(
        (round(start + WIDTH * (day - first).days / days, 1), round(HEIGHT * (1 - share / 100), 1))
        for day, share in shares
    )
    return Drawing(points, first, last)
