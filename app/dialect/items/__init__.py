"""The types of items: one file each, and the same few questions asked of all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from app.dialect.compiled import AnyItem
from app.dialect.items.dilemma import debrief, next_scene, public_scene
from app.dialect.items.registry import type_of
from app.dialect.public import Feedback, PublicItem

__all__ = [
    "credit", "debrief", "default_order", "feedback", "is_scored", "next_scene", "public",
    "public_scene", "read_value",
]  # fmt: skip


def read_value(item: AnyItem, raw: Sequence[str]) -> object:
    """Turn submitted values into an answer; raise ValueError when they are not one."""
    return type_of(item).read_value(item, raw)


def credit(item: AnyItem, value: object) -> Fraction:
    """Give the share of the item's points that an answer earns, from 0 to 1."""
    return type_of(item).credit(item, value)


def public(item: AnyItem, order: Sequence[str] = ()) -> PublicItem:
    """Give what a page may show before the answer; ``order`` lists the letters as shown."""
    return type_of(item).public(item, order)


def feedback(item: AnyItem, value: object) -> Feedback:
    """Give what is said after an answer."""
    return type_of(item).feedback(item, value)


def is_scored(item: AnyItem) -> bool:
    """Tell whether the item can earn points."""
    return type_of(item).scored


def default_order(item: AnyItem, rng: random.Random) -> tuple[str, ...]:
    """Draw the order in which the letters are shown."""
    return type_of(item).default_order(item, rng)
