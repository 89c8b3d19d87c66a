"""How fictional agents answer: right more or less often, and always as the pages would send it."""

from __future__ import annotations

from random import Random
from typing import Any

from app.dialect import items
from app.dialect.compiled import (
    AnyItem,
    Cloze,
    Dilemma,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Poll,
    SingleChoice,
    TrueFalse,
)

LOST = "je ne sais pas"


def answer(random: Random, item: AnyItem, skill: float) -> object:
    """Answer an item of a quiz, rightly with a probability of ``skill``."""
    right = items.right_value(item)
    if right is None:
        raise TypeError(f"the demonstration cannot answer a {type(item).__name__}")
    return right if random.random() < skill else slip(random, item, right)


def slip(random: Random, item: AnyItem, right: Any) -> object:
    """Give a wrong answer: one is often nearly right where several things are asked at once."""
    if isinstance(item, MultipleChoice):
        others = [choice.letter for choice in item.choices if choice.letter not in right]
        return slip_ticks(random, right, others)
    if isinstance(item, SingleChoice | TrueFalse):
        return random.choice([one.letter for one in item.choices if one.credit <= 0])
    if isinstance(item, Ordering):
        first = random.randrange(len(right) - 1)
        return [*right[first + 1 :], *right[: first + 1]]
    if isinstance(item, Matching):
        kept = random.randrange(len(right))
        return [*right[:kept], *(one % len(item.rights) + 1 for one in right[kept:])]
    if isinstance(item, Cloze):
        return [*right[:-1], (*item.gaps[-1].decoys, LOST)[0]]
    return "0" if isinstance(item, Number) else LOST


def slip_ticks(random: Random, right: list[str], others: list[str]) -> list[str]:
    """Tick one choice too many, or one too few."""
    if others and (len(right) < 2 or random.random() < 0.5):
        return sorted([*right, random.choice(others)])
    return sorted(random.sample(right, len(right) - 1))


def vote(random: Random, poll: Poll) -> str:
    """Choose one answer of a poll."""
    return random.choice([choice.letter for choice in poll.choices])


def walk(random: Random, dilemma: Dilemma) -> list[dict[str, object]]:
    """Walk through a dilemma to an ending; most people choose what helps."""
    scene, path = dilemma.opening, []
    while scene.choices:
        weights = [3 if choice.opinion in ("exemplaire", "defendable") else 1
                   for choice in scene.choices]  # fmt: skip
        position = random.choices(range(len(scene.choices)), weights)[0]
        path.append({"scene": scene.id, "choice": position + 1})
        following = dilemma.scene(scene.choices[position].to)
        if following is None:
            raise ValueError(f"{dilemma.id}: no such scene")
        scene = following
    return path
