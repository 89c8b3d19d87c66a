"""The draw of an attempt: which items are asked, and the order of their choices."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from app.dialect import items
from app.dialect.compiled import AnyItem, CompiledModule, Draw, Question, sees


class Asked(TypedDict):
    """An item of an attempt, as it is stored."""

    item: str
    order: list[str]
    """The letters of its choices, as they are shown."""


def draw(
    module: CompiledModule, corps: str, *, seen: Mapping[str, int], seed: int,
    most: int | None = None,
) -> list[Asked]:  # fmt: skip
    """Draw what an agent of this corps is asked, the items least ``seen`` first.

    The order of the evaluation is kept: its own items stand where they are written, and those of
    a bank where its draw stands. ``most`` keeps so many of them, again the least seen.
    """
    rng = random.Random(seed)  # noqa: S311 - the draw is no secret, and must be repeatable
    taken: set[str] = set()
    drawn: list[AnyItem] = []
    for item in asked_items(module, corps, seen, rng, taken):
        taken.add(item.id)
        drawn.append(item)
    if most is not None:
        kept = {item.id for item in least_seen(list(drawn), most, seen, rng)}
        drawn = [item for item in drawn if item.id in kept]
    return [{"item": item.id, "order": list(items.default_order(item, rng))} for item in drawn]


def asked_items(
    module: CompiledModule, corps: str, seen: Mapping[str, int], rng: random.Random, taken: set[str]
) -> Iterator[AnyItem]:
    """Go through the items asked; the caller adds each to ``taken`` before the next."""
    blocks = module.evaluation.shown_to(corps) if module.evaluation else ()
    for block in blocks:
        if not isinstance(block, Question) or not sees(block.item.corps, corps):
            continue
        if isinstance(block.item, Draw):
            choice = eligible(module, block.item.bank, corps, taken)
            yield from least_seen(choice, block.item.count, seen, rng)
        elif items.is_scored(block.item):
            yield block.item


def eligible(module: CompiledModule, bank: str, corps: str, taken: set[str]) -> list[AnyItem]:
    """List the items of a bank that this corps may see and that the attempt has not yet."""
    return [
        item
        for item in module.banks.get(bank, ())
        if item.id not in taken and items.is_scored(item) and sees(item.corps, corps)
    ]


def least_seen(
    choice: list[AnyItem], count: int, seen: Mapping[str, int], rng: random.Random
) -> list[AnyItem]:
    """Choose items never seen before those seen least; chance decides between equals."""
    rng.shuffle(choice)
    return sorted(choice, key=lambda item: seen.get(item.id, 0))[:count]  # A stable sort.


def count_asked(module: CompiledModule, corps: str, most: int | None = None) -> int:
    """Tell how many questions an attempt asks an agent of this corps."""
    return len(draw(module, corps, seen={}, seed=0, most=most))


def items_of(module: CompiledModule, drawn: Iterable[Asked]) -> list[AnyItem]:
    """List the items of a stored draw, in the order asked."""
    return [module.by_id[asked["item"]] for asked in drawn]
