"""What a type of item offers, and what all types share."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from app.dialect.compiled import CORPS, AnyItem, Item
from app.dialect.draft import Audience, ItemDraft
from app.dialect.items.body import read_body
from app.dialect.messages import Report
from app.dialect.public import Feedback, PublicItem
from app.dialect.source import Passage

Render = Callable[[Passage], str]
Order = Sequence[str]
"""What is shuffled on a page, by its key in the source, as it is shown."""


class Unreadable(ValueError):
    """What was sent is not an answer; ``reason`` says why in a word that pages know."""

    def __init__(self, reason: str = "value") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a check of an item knows of the module around it."""

    report: Report
    step_kind: str
    step_ids: frozenset[str] = frozenset()
    banks: Mapping[str, list[Audience] | None] = field(default_factory=dict)
    """For each bank, the audience of each of its items; None when it could not be read."""
    audience: tuple[str, ...] = CORPS
    competences: frozenset[str] | None = None
    drawn: dict[str, dict[str, int]] = field(default_factory=dict)
    """How many items each bank already gives to each corps."""

    @property
    def graded(self) -> bool:
        """Tell whether the item counts for the score."""
        return self.step_kind in ("evaluation", "bank")


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a draft's texts become HTML."""

    block: Render
    inline: Render
    plain: Render
    """For titles: text without marks, not HTML."""


class ItemType:
    """One type of item; each method answers for the items of this type."""

    name: ClassVar[str]
    labels: ClassVar[tuple[str, str]]
    """The label in French and in English."""
    parts: ClassVar[frozenset[str]] = frozenset({"hint", "explanation", "references", "skills"})
    options: ClassVar[tuple[str, ...]] = ("points", "voir", "corps", "melange", "ancien", "erratum")
    scored: ClassVar[bool] = True
    gradable: ClassVar[bool] = True
    needs_stem: ClassVar[bool] = True

    def parse(self, draft: ItemDraft, report: Report) -> None:
        """Read the body of an item into its draft, and report what cannot be read."""
        read_body(draft, self.parts, report)

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong in an item that could be read."""

    def build(self, draft: ItemDraft, rendering: Rendering) -> AnyItem:
        """Make the compiled item of a draft without errors."""
        raise NotImplementedError

    def key(self, _item: Any) -> tuple[str, ...]:
        """Give what is right, in a form that tells whether two keys differ."""
        return ()

    def differs(self, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
        """Tell whether two keys are not the same: a word mended beside a key changes none."""
        return old != new

    def shape(self, item: Any) -> tuple[str, ...]:
        """Give what of the key is the same in every language."""
        return self.key(item)

    def fields(self, _item: Any) -> tuple[str, ...]:
        """Name the form's fields, one for each value; none where values share one name."""
        return ()

    def read_value(self, item: Any, raw: Sequence[str], order: Order) -> object:
        """Turn submitted values into an answer; raise `Unreadable` when they are not one."""
        raise NotImplementedError

    def raw_of(self, _item: Any, value: Any, _order: Order) -> tuple[str, ...]:
        """Give the values that a page sends for an answer: the inverse of `read_value`."""
        return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)

    def right_value(self, _item: Any) -> object:
        """Give an answer that earns all the points; None where nothing is right."""
        return None

    def credit(self, _item: Any, _value: object) -> Fraction:
        """Give the share of the points that an answer earns, from 0 to 1."""
        return Fraction(0)

    def public(self, item: Any, _order: Order) -> PublicItem:
        """Give what a page may show before the answer."""
        return public_base(item, self)

    def feedback(self, item: Any, _value: object) -> Feedback:
        """Give what is said after an answer."""
        return Feedback(
            numerator=0,
            scored=False,
            explanation=item.explanation,
            references=item.references,
        )

    def default_order(self, _item: Any, _rng: random.Random) -> tuple[str, ...]:
        """Draw the order in which the choices are shown."""
        return ()


def public_base(item: Item, kind: ItemType, **more: Any) -> PublicItem:
    """Fill in what every public item has."""
    return PublicItem(
        id=item.id,
        type=kind.name,
        title=item.title,
        stem=item.stem,
        points=item.points,
        scored=kind.scored,
        is_behind=item.is_behind,
        hints=item.hints,
        fields=kind.fields(item),
        **more,
    )


def scored_feedback(item: Item, credit: Fraction, **more: Any) -> Feedback:
    """Fill in what is said after any answer that earns points."""
    return Feedback(
        numerator=credit.numerator,
        denominator=credit.denominator,
        right=credit == 1,
        explanation=item.explanation,
        references=item.references,
        **more,
    )


def common_fields(draft: ItemDraft, rendering: Rendering) -> dict[str, Any]:
    """Render the fields that every compiled item has."""
    options = draft.attributes
    shuffle = options.value("melange")
    return {
        "id": draft.id,
        "title": rendering.plain((draft.title,)),
        "stem": rendering.block(draft.stem),
        "points": int(options.value("points") or 1),
        "see": options.value("voir"),
        "corps": in_order(draft.audience),
        "shuffle": shuffle not in ("non", "no"),
        "hints": tuple(rendering.block(hint) for hint in draft.hints),
        "explanation": rendering.block(draft.parts.get("explanation", ())),
        "references": rendering.block(draft.parts.get("references", ())),
        "skills": read_skills(draft),
        "replaces": tuple((options.value("ancien") or "").replace(",", " ").split()),
        "erratum": " ".join((options.value("erratum") or "").split()),
    }


def in_order(audience: Audience) -> tuple[str, ...]:
    """List the corps of an audience in the usual order; nothing stands for all."""
    return () if len(audience) == len(CORPS) else tuple(c for c in CORPS if c in audience)


def read_skills(draft: ItemDraft) -> tuple[str, ...]:
    """List the ids that the part about competences names."""
    text = " ".join(line.text for line in draft.parts.get("skills", ()))
    return tuple(dict.fromkeys(re.findall(r"[\w-]+", text)))
