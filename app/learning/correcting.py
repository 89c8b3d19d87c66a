"""The same question before and after an erratum: its keys followed, its answers marked again.

An answer names letters or ranks. They are followed from version to version by the texts that they
stand for, so that a choice that moved is still the one that was chosen. A question that an agent
would not recognise is another one, and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.dialect import items
from app.dialect.compiled import AnyItem, Cloze, CompiledModule, Matching, Ordering, ShortAnswer
from app.dialect.glossary.marking import strip_marks
from app.learning.scoring import credit

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Naming:
    """How what an answer names is called in a later state of its question."""

    first: Names = field(default_factory=dict)
    """Letters of choices, ranks of rows or of left sides."""
    second: Names = field(default_factory=dict)
    """Ranks of right sides."""

    def then(self, later: Naming) -> Naming:
        """Follow the names one version further."""
        return Naming(
            {old: later.first[new] for old, new in self.first.items()},
            {old: later.second[new] for old, new in self.second.items()},
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """A question whose key an erratum corrects, as one version asked it."""

    before: AnyItem
    after: AnyItem
    naming: Naming

    def gain(self, value: object) -> Fraction:
        """Give the points that an answer earns more by the corrected key; it may be fewer."""
        return (self.credit(value) - credit(self.before, value)) * self.before.points

    def credit(self, value: object) -> Fraction:
        """Give the share of the points that an answer earns by the corrected key."""
        return credit(self.after, translate(self.after, self.naming, value))


Stage = tuple[str, CompiledModule]
"""The kind of a version, and its module in one language."""


def find_corrections(
    stages: Sequence[Stage], candidate: CompiledModule, ids: Iterable[str] | None = None
) -> list[dict[str, Correction]]:
    """Map, for each earlier version, the questions whose key the candidate corrects.

    ``stages`` are the versions before the candidate, oldest first; ``ids`` keeps to some questions.
    """
    wanted = None if ids is None else set(ids)
    later = {
        item.id: item
        for item in candidate.every_item()
        if items.is_scored(item) and (wanted is None or item.id in wanted)
    }
    final, is_editorial = later, False
    namings: dict[str, Naming] = {}
    found: list[dict[str, Correction]] = []
    for kind, module in reversed(stages):
        earlier = {item.id: item for item in module.every_item() if item.id in later}
        steps = {name: follow(one, later[name], is_editorial) for name, one in earlier.items()}
        namings = {
            name: step.then(namings[name]) if name in namings else step
            for name, step in steps.items()
            if step is not None
        }
        later = {name: earlier[name] for name in namings}
        is_editorial = kind == "editorial"
        made = {name: Correction(later[name], final[name], namings[name]) for name in later}
        found.append({name: one for name, one in made.items() if is_corrected(one)})
    return found[::-1]


def follow(one: AnyItem, other: AnyItem, is_editorial: bool) -> Naming | None:
    """Say how the keys of a question are called in its next state; None where it is another one.

    Only a publication that its author calls editorial may reword a question and keep it the same.
    """
    if type(one) is not type(other):
        return None
    if surroundings_of(one) != surroundings_of(other) and not is_editorial:
        return None
    sides = zip(named_parts(one), named_parts(other), strict=True)
    first, second = (match(old, new, is_editorial) for old, new in sides)
    return None if first is None or second is None else Naming(first, second)


def match(old: Names, new: Names, is_editorial: bool) -> Names | None:
    """Bring the keys of the same texts together; None where a text has no fellow."""
    if old == new or (is_editorial and old.keys() == new.keys()):
        return {key: key for key in old}
    keys = {text: key for key, text in new.items()}
    if len(keys) < len(new) or sorted(old.values()) != sorted(keys):
        return None
    return {key: keys[text] for key, text in old.items()}


def named_parts(item: AnyItem) -> tuple[Names, Names]:
    """Map what an answer may name to its text: choices, rows or left sides; then right sides."""
    if isinstance(item, Ordering):
        return ranked(row.html for row in item.rows), {}
    if isinstance(item, Matching):
        return ranked(pair.html for pair in item.pairs), ranked(item.rights)
    choices = () if isinstance(item, ShortAnswer) else getattr(item, "choices", ())
    return {choice.letter: plain(choice.html) for choice in choices}, {}


def ranked(texts: Iterable[str]) -> Names:
    """Map ranks from 1 to texts."""
    return {str(rank): plain(text) for rank, text in enumerate(texts, start=1)}


def surroundings_of(item: AnyItem) -> tuple[Any, ...]:
    """Gather what else a question shows before its answer, menus in no order."""
    menus: tuple[Any, ...] = ()
    if isinstance(item, Cloze):
        offered = [(*gap.accepted, *gap.decoys) if gap.decoys else () for gap in item.gaps]
        menus = tuple(tuple(sorted(gap)) for gap in offered)
    pieces = tuple(plain(piece) for piece in getattr(item, "pieces", ()))
    return plain(item.stem), pieces, menus, getattr(item, "unit", "")


def plain(html: str) -> str:
    """Give a text without what the glossary marks in it and where its lines end."""
    return " ".join(strip_marks(html).split())


def is_corrected(one: Correction) -> bool:
    """Tell whether what is right changed, whatever it is called."""
    before, after, first = one.before, one.after, one.naming.first
    if isinstance(before, Ordering):
        return any(old != new for old, new in first.items())
    if isinstance(before, Matching) and isinstance(after, Matching):
        return translate(after, one.naming, items.right_value(before)) != items.right_value(after)
    if first:
        credits = {first[choice.letter]: choice.credit for choice in getattr(before, "choices", ())}
        return credits != {choice.letter: choice.credit for choice in getattr(after, "choices", ())}
    return items.key(before) != items.key(after)


def translate(after: AnyItem, naming: Naming, value: object) -> object:
    """Say an answer in the names of the corrected question."""
    first, second = naming.first, naming.second
    if not first or not value:
        return value
    if isinstance(value, str):
        return first.get(value, value)
    given = list(value) if isinstance(value, list | tuple) else []
    if isinstance(after, Ordering):
        return [int(first[str(rank)]) for rank in given]
    if isinstance(after, Matching):
        placed = {int(first[str(left)]): right for left, right in enumerate(given, start=1)}
        return [int(second[str(placed[left])]) if placed[left] else 0 for left in sorted(placed)]
    return sorted(first.get(letter, letter) for letter in given)
