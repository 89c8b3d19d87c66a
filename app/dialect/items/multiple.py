"""Choix multiple: several right answers, each wrong one costing as much as a right one earns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.dialect.compiled import MultipleChoice
from app.dialect.draft import ItemDraft
from app.dialect.items.base import Order, Rendering, Unreadable
from app.dialect.items.choice import ChoiceType, choice_fields, letters
from app.dialect.messages import Report


class MultipleChoiceType(ChoiceType):
    """Every right answer among several."""

    name = "multiple"
    labels = ("Choix multiple", "Multiple choice")

    def check_key(self, draft: ItemDraft, report: Report) -> None:
        """Report an item without right answer, or with too few wrong ones."""
        right = sum(choice.credit == 100 for choice in draft.choices)
        if right == 0:
            report.add("Q104", draft.place)
        elif len(draft.choices) - right < 2:
            report.add("Q205", draft.place)

    def build(self, draft: ItemDraft, rendering: Rendering) -> MultipleChoice:
        """Make the compiled item."""
        return MultipleChoice(**choice_fields(draft, rendering))

    def read_value(self, item: Any, raw: Sequence[str], _order: Order) -> list[str]:
        """Take the letters ticked, sorted; none ticked is an answer too."""
        known = letters(item)
        if len(set(raw)) != len(raw) or any(letter not in known for letter in raw):
            raise Unreadable("choose")
        return sorted(raw)

    def right_value(self, item: Any) -> list[str]:
        """Give the letters that are right."""
        return sorted(choice.letter for choice in item.choices if choice.credit == 100)

    def credit(self, item: Any, value: object) -> Fraction:
        """Give r/k − w/max(2, n − k), at least 0: k right of n, r and w ticked right and wrong."""
        ticked = set(value) if isinstance(value, list | tuple) else set()
        right = {choice.letter for choice in item.choices if choice.credit == 100}
        wrong = {choice.letter for choice in item.choices} - right
        if not right:
            return Fraction(0)
        cost = Fraction(len(ticked & wrong), max(2, len(wrong)))
        return max(Fraction(0), Fraction(len(ticked & right), len(right)) - cost)
