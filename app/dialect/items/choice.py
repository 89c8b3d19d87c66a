"""What the types that are ticked share: their checks, their public form, their feedback."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.dialect.compiled import Choice
from app.dialect.draft import ItemDraft
from app.dialect.items.answer_checks import check_letters, check_texts, refuse_percents
from app.dialect.items.answers import read_answers
from app.dialect.items.base import (
    ItemType,
    Order,
    Rendering,
    Surroundings,
    Unreadable,
    common_fields,
    public_base,
    scored_feedback,
)
from app.dialect.messages import Report
from app.dialect.public import ChoiceFeedback, Feedback, PublicChoice, PublicItem

ANSWERS = range(2, 9)


class ChoiceType(ItemType):
    """A type whose answers are ticked."""

    takes_percent = False
    wants_explanation = True

    def parse(self, draft: ItemDraft, report: Report) -> None:
        """Read the stem, the answers and the parts."""
        read_answers(draft, self.parts, report)

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong with the answers."""
        check_letters(draft, around.report)
        check_texts(draft, around.report)
        if not self.takes_percent:
            refuse_percents(draft, around.report)
        self.check_count(draft, around.report)
        self.check_key(draft, around.report)
        if self.wants_explanation and "explanation" not in draft.parts:
            around.report.add("Q201", draft.place)

    def check_count(self, draft: ItemDraft, report: Report) -> None:
        """Report too few or too many answers."""
        if len(draft.choices) not in ANSWERS:
            report.add("Q105", draft.place, count=len(draft.choices))

    def check_key(self, draft: ItemDraft, report: Report) -> None:
        """Report a number of right answers other than one."""
        right = [choice for choice in draft.choices if choice.credit == 100]
        if len(right) != 1:
            report.add("Q103", draft.place, count=len(right))

    def public(self, item: Any, order: Order) -> PublicItem:
        """Give the choices in the order shown, without their credit or feedback."""
        by_letter = {choice.letter: choice for choice in item.choices}
        if sorted(order) != sorted(by_letter):
            raise ValueError(f"order {order!r} does not name the choices of {item.id!r}")
        return public_base(
            item,
            self,
            multiple=self.name == "multiple",
            choices=tuple(PublicChoice(letter=x, html=by_letter[x].html) for x in order),
        )

    def key(self, item: Any) -> tuple[str, ...]:
        """Give the letters that earn points, each with how much of them."""
        return tuple(sorted(f"{c.letter} {c.credit}" for c in item.choices if c.credit))

    def read_value(self, item: Any, raw: Sequence[str], _order: Order) -> object:
        """Take the one letter chosen."""
        if len(raw) != 1 or raw[0] not in letters(item):
            raise Unreadable("choose")
        return raw[0]

    def right_value(self, item: Any) -> object:
        """Give the letter that earns all the points."""
        return next((c.letter for c in item.choices if c.credit == 100), None)

    def credit(self, item: Any, value: object) -> Fraction:
        """Give the credit of the choice."""
        return next(
            (Fraction(c.credit, 100) for c in item.choices if c.letter == value), Fraction(0)
        )

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give the credit, every choice with its feedback, and the explanation."""
        credit = self.credit(item, value)
        chosen = value if isinstance(value, list | tuple) else [value]
        choices = tuple(
            ChoiceFeedback(
                letter=choice.letter,
                html=choice.html,
                feedback=choice.feedback,
                chosen=choice.letter in chosen,
                is_right=choice.credit == 100,
            )
            for choice in item.choices
        )
        return scored_feedback(item, credit, choices=choices)

    def default_order(self, item: Any, rng: random.Random) -> tuple[str, ...]:
        """Shuffle the letters, unless the author keeps the written order."""
        order = letters(item)
        if item.shuffle:
            rng.shuffle(order)
        return tuple(order)


def letters(item: Any) -> list[str]:
    """List the letters of an item's choices."""
    return [choice.letter for choice in item.choices]


def choice_fields(draft: ItemDraft, rendering: Rendering) -> dict[str, Any]:
    """Render the fields of an item with choices."""
    choices = tuple(
        Choice(
            letter=choice.letter,
            html=rendering.inline(choice.text),
            credit=choice.credit,
            feedback=rendering.block(tuple(choice.feedback)),
        )
        for choice in draft.choices
    )
    return common_fields(draft, rendering) | {"choices": choices}
