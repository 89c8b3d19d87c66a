"""Nombre: a number to give, right within its tolerance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

from app.dialect.compiled import Number
from app.dialect.draft import ItemDraft
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
from app.dialect.items.numbers import is_ambiguous, read_expected, read_typed
from app.dialect.public import Feedback, PublicItem, RowFeedback
from app.dialect.source import join

LONGEST = 40
NO_TOLERANCE = re.compile(r"\s*(?:±|\+/-|\+-)\s*0(?:[.,]0+)?(?![\d.,])")
"""Stated so that no check asks for one; said to a reader, it would read as a joke."""


class NumberType(ItemType):
    """A number to type."""

    name = "number"
    labels = ("Nombre", "Number")
    parts = ItemType.parts | {"answer"}
    options = ("points", "voir", "corps", "ancien", "erratum")

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report an answer that is missing or that cannot be read."""
        answer = draft.parts.get("answer", ())
        if not answer:
            around.report.add("Q112-answer", draft.place)
        elif len(answer) > 1 or read_expected(join(answer)) is None:
            around.report.add("Q112-number-text", answer[0].visible(), text=join(answer)[:60])
        if "explanation" not in draft.parts:
            around.report.add("Q201", draft.place)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Number:
        """Make the compiled item."""
        text = " ".join(join(draft.parts["answer"]).split())
        expected = read_expected(text)
        assert expected is not None  # An item with errors is not built.
        return Number(
            **common_fields(draft, rendering),
            answer=str(expected.answer),
            tolerance=str(expected.tolerance),
            unit=expected.unit,
            shown=text,
        )

    def key(self, item: Any) -> tuple[str, ...]:
        """Give the number and its tolerance, however they are written."""
        answer, tolerance = Decimal(item.answer).normalize(), Decimal(item.tolerance).normalize()
        return (str(answer), str(tolerance))

    def public(self, item: Any, _order: Order) -> PublicItem:
        """Give the unit beside what every item has."""
        return public_base(item, self, unit=item.unit)

    def fields(self, _item: Any) -> tuple[str, ...]:
        """Name the one field."""
        return ("texte",)

    def read_value(self, item: Any, raw: Sequence[str], _order: Order) -> str:
        """Keep the number as typed."""
        if len(raw) != 1 or len(raw[0]) > LONGEST:
            raise Unreadable("number")
        text = raw[0].strip()
        if text and is_ambiguous(text):
            raise Unreadable("thousands")
        if text and read_typed(text, item.unit) is None:
            raise Unreadable("number")
        return text

    def right_value(self, item: Any) -> str:
        """Give the number itself."""
        return str(item.answer)

    def credit(self, item: Any, value: object) -> Fraction:
        """Give all the points within the tolerance, its limits included, and none beyond."""
        given = read_typed(value, item.unit) if isinstance(value, str) else None
        if given is None:
            return Fraction(0)
        return Fraction(abs(given - Decimal(item.answer)) <= Decimal(item.tolerance))

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give what was typed beside what was expected."""
        credit = self.credit(item, value)
        row = RowFeedback(
            given=escape(str(value or "")),
            expected=escape(NO_TOLERANCE.sub("", item.shown)),
            is_right=credit == 1,
        )
        return scored_feedback(item, credit, rows=(row,))
