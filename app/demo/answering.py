"""How fictional agents answer: right more or less often, and always as the pages would send it."""

from __future__ import annotations

from random import Random

from app.dialect.compiled import (
    AnyItem,
    Dilemma,
    MultipleChoice,
    SingleChoice,
    TrueFalse,
)

Ticked = SingleChoice | MultipleChoice | TrueFalse


def answer(random: Random, item: AnyItem, skill: float) -> object:
    """Answer an item of a quiz, rightly with a probability of ``skill``."""
    if not isinstance(item, Ticked):
        raise TypeError(f"the demonstration cannot answer a {type(item).__name__}")
    right = [choice.letter for choice in item.choices if choice.credit > 0]
    others = [choice.letter for choice in item.choices if choice.credit <= 0]
    knows = random.random() < skill
    if isinstance(item, MultipleChoice):
        return sorted(right) if knows else slip(random, right, others)
    return right[0] if knows else random.choice(others)


def slip(random: Random, right: list[str], others: list[str]) -> list[str]:
    """Tick one choice too many, or one too few."""
    if others and (len(right) < 2 or random.random() < 0.5):
        return sorted([*right, random.choice(others)])
    return sorted(random.sample(right, len(right) - 1))


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
