"""Réponse courte: a word or two to type, compared with those accepted and those expected wrong."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import Any

from app.dialect.compiled import Choice, ShortAnswer
from app.dialect.draft import ItemDraft
from app.dialect.items.answer_checks import check_letters
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
from app.dialect.items.typed import bare, is_typed
from app.dialect.messages import Report
from app.dialect.public import Feedback, PublicItem, RowFeedback
from app.dialect.source import join


class ShortAnswerType(ItemType):
    """A text to type."""

    name = "short"
    labels = ("Réponse courte", "Short answer")
    options = ("points", "voir", "corps", "ancien", "erratum")

    def parse(self, draft: ItemDraft, report: Report) -> None:
        """Read the stem, the answers expected and the parts."""
        read_answers(draft, self.parts, report)

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong with the answers expected."""
        check_letters(draft, around.report)
        check_expected(draft, around.report)
        if not any(choice.credit == 100 for choice in draft.choices):
            around.report.add("Q112-accepted", draft.place)
        if "explanation" not in draft.parts:
            around.report.add("Q201", draft.place)

    def build(self, draft: ItemDraft, rendering: Rendering) -> ShortAnswer:
        """Make the compiled item."""
        choices = tuple(
            Choice(
                letter=choice.letter,
                html=rendering.inline(choice.text),
                credit=choice.credit,
                feedback=rendering.block(tuple(choice.feedback)),
                text=rendering.plain(choice.text),
            )
            for choice in draft.choices
        )
        return ShortAnswer(**common_fields(draft, rendering), choices=choices)

    def key(self, item: Any) -> tuple[str, ...]:
        """Give the answers that earn points, as they are compared."""
        return tuple(sorted(f"{bare(one.text)} {one.credit}" for one in item.choices if one.credit))

    def shape(self, _item: Any) -> tuple[str, ...]:
        """Give nothing: each language accepts its own words."""
        return ()

    def public(self, item: Any, _order: Order) -> PublicItem:
        """Give what every item has: nothing of what is expected."""
        return public_base(item, self)

    def fields(self, _item: Any) -> tuple[str, ...]:
        """Name the one field."""
        return ("texte",)

    def read_value(self, _item: Any, raw: Sequence[str], _order: Order) -> str:
        """Keep the text as typed."""
        if len(raw) != 1 or not is_typed(raw[0].strip()):
            raise Unreadable("text")
        return raw[0].strip()

    def right_value(self, item: Any) -> str:
        """Give the first answer accepted."""
        return next(str(choice.text) for choice in item.choices if choice.credit == 100)

    def credit(self, item: Any, value: object) -> Fraction:
        """Give the credit of the answer recognised, if any."""
        found = recognise(item, value)
        return Fraction(found.credit, 100) if found else Fraction(0)

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give what was typed, what is accepted, and what is said of the answer recognised."""
        credit, found = self.credit(item, value), recognise(item, value)
        row = RowFeedback(
            given=escape(str(value or "")),
            expected=next(choice.html for choice in item.choices if choice.credit == 100),
            feedback=found.feedback if found else "",
            is_right=credit == 1,
        )
        return scored_feedback(item, credit, rows=(row,))


def recognise(item: Any, value: object) -> Choice | None:
    """Find the expected answer that a text is."""
    typed = bare(value) if isinstance(value, str) else ""
    return next((one for one in item.choices if typed and bare(one.text) == typed), None)


def check_expected(draft: ItemDraft, report: Report) -> None:
    """Report answers without text or said twice, and wrong ones without feedback."""
    seen: set[str] = set()
    for choice in draft.choices:
        text = bare(join(choice.text))
        if not text:
            report.add("Q113-choice", choice.line.visible())
        elif text in seen:
            report.add("Q204", choice.line.visible())
        seen.add(text)
        if not choice.credit and not choice.feedback:
            report.add("Q202", choice.line.visible())
