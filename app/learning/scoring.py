"""The score of an attempt: exact fractions, over every item asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.dialect import items
from app.dialect.compiled import AnyItem


class NothingAsked(ValueError):
    """A quiz without an item has no score."""


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one item earned."""

    item_id: str
    points: int
    """The points that the item is worth."""
    credit: Fraction
    """The share of them that was earned, from 0 to 1."""

    @property
    def earned(self) -> Fraction:
        """Give the points earned."""
        return self.credit * self.points

    @property
    def is_right(self) -> bool:
        """Tell whether all the points were earned."""
        return self.credit == 1


@dataclass(frozen=True, slots=True)
class Score:
    """The points earned over the points possible."""

    items: tuple[ItemScore, ...]

    @property
    def earned(self) -> Fraction:
        """Give the points earned."""
        return sum((item.earned for item in self.items), Fraction(0))

    @property
    def possible(self) -> int:
        """Give the points of all the items asked."""
        return sum(item.points for item in self.items)

    @property
    def share(self) -> Fraction:
        """Give earned over possible, in lowest terms."""
        return self.earned / self.possible

    def needed(self, pass_mark: int) -> Fraction:
        """Give the points that a pass mark, in percent, asks for."""
        return Fraction(self.possible * pass_mark, 100)

    def reaches(self, pass_mark: int) -> bool:
        """Tell whether the pass mark, in percent, is reached; no rounding anywhere."""
        return self.earned >= self.needed(pass_mark)

    @property
    def wrong(self) -> tuple[str, ...]:
        """List the items that did not earn all their points."""
        return tuple(item.item_id for item in self.items if not item.is_right)

    def of(self, item_id: str) -> ItemScore:
        """Give what one item earned."""
        return next(item for item in self.items if item.item_id == item_id)


def score(asked: Iterable[AnyItem], answers: Mapping[str, object]) -> Score:
    """Mark every item asked; one without an answer earns nothing."""
    marked = tuple(
        ItemScore(item.id, item.points, credit(item, answers.get(item.id))) for item in asked
    )
    if not any(item.points for item in marked):
        raise NothingAsked
    return Score(marked)


def credit(item: AnyItem, value: object) -> Fraction:
    """Give the share of an item's points that an answer, or its absence, earns."""
    return Fraction(0) if is_blank(value) else items.credit(item, value)


def is_blank(value: object) -> bool:
    """Tell whether a value answers nothing: no event, an empty text, nothing ticked."""
    return value is None or value in ("", [], {})
