"""Vrai ou faux: two answers, always in the written order."""

from __future__ import annotations

import random
from typing import Any

from app.dialect.compiled import TrueFalse
from app.dialect.draft import ItemDraft
from app.dialect.items.base import Rendering
from app.dialect.items.choice import ChoiceType, choice_fields, letters
from app.dialect.messages import Report


class TrueFalseType(ChoiceType):
    """A statement to judge."""

    name = "true_false"
    labels = ("Vrai ou faux", "True or false")

    def check_count(self, draft: ItemDraft, report: Report) -> None:
        """Report a number of answers other than two."""
        if len(draft.choices) != 2:
            report.add("Q103-two", draft.place, count=len(draft.choices))

    def build(self, draft: ItemDraft, rendering: Rendering) -> TrueFalse:
        """Make the compiled item."""
        return TrueFalse(**choice_fields(draft, rendering))

    def default_order(self, item: Any, _rng: random.Random) -> tuple[str, ...]:
        """Keep the written order: true stands before false."""
        return tuple(letters(item))
