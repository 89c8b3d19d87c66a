"""The types of items: one file each, and the same few questions asked of all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from app.dialect.compiled import AnyItem
from app.dialect.items.base import Order, Unreadable
from app.dialect.items.dilemma import debrief, next_scene, public_scene
from app.dialect.items.registry import type_of
from app.dialect.public import Feedback, PublicItem

__all__ = [
    "Order", "Unreadable", "credit", "debrief", "default_order", "feedback", "fields", "is_scored",
    "key", "key_differs", "next_scene", "public", "public_scene", "raw_of", "read_value",
    "right_value", "shape",
]  # fmt: skip


def fields(item: AnyItem) -> tuple[str, ...]:
    """Name the form's fields, one for each value; none where values share one name."""
    return type_of(item).fields(item)


def read_value(item: AnyItem, raw: Sequence[str], order: Order = ()) -> object:
    """Turn submitted values into an answer; raise `Unreadable` when they are not one.

    ``order`` is the one in which the item was shown.
    """
    return type_of(item).read_value(item, raw, order)


def raw_of(item: AnyItem, value: object, order: Order = ()) -> tuple[str, ...]:
    """Give the values that a page sends for an answer, none for no answer."""
    return () if value is None else type_of(item).raw_of(item, value, order)


def right_value(item: AnyItem) -> object:
    """Give an answer that earns all the points; None where nothing is right."""
    return type_of(item).right_value(item)


def key_differs(one: AnyItem, other: AnyItem) -> bool:
    """Tell whether what is right changed between two states of an item of the same type."""
    kind = type_of(one)
    return kind.differs(kind.key(one), kind.key(other))


def shape(item: AnyItem) -> tuple[str, ...]:
    """Give what of the key is the same in every language."""
    return type_of(item).shape(item)


def key(item: AnyItem) -> tuple[str, ...]:
    """Give what is right, in a form that tells whether two keys differ."""
    return type_of(item).key(item)


def credit(item: AnyItem, value: object) -> Fraction:
    """Give the share of the item's points that an answer earns, from 0 to 1."""
    return type_of(item).credit(item, value)


def public(item: AnyItem, order: Order = ()) -> PublicItem:
    """Give what a page may show before the answer; ``order`` is what `default_order` drew."""
    return type_of(item).public(item, order)


def feedback(item: AnyItem, value: object) -> Feedback:
    """Give what is said after an answer."""
    return type_of(item).feedback(item, value)


def is_scored(item: AnyItem) -> bool:
    """Tell whether the item can earn points."""
    return type_of(item).scored


def default_order(item: AnyItem, rng: random.Random) -> tuple[str, ...]:
    """Draw the order in which what may be shuffled is shown, by its keys in the source."""
    return type_of(item).default_order(item, rng)
