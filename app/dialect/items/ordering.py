"""Classement: rows to put in order, marked by the pairs that stand the right way round."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from app.dialect.compiled import Ordering, Row
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
from app.dialect.items.rows import check_numbers, check_row_count, check_row_texts, read_rows
from app.dialect.messages import Report
from app.dialect.public import Feedback, PublicChoice, PublicItem, RowFeedback

LETTERS = "abcdefghijkl"


class OrderingType(ItemType):
    """Rows whose place is asked; a page names each by a letter that follows the order shown."""

    name = "ordering"
    labels = ("Classement", "Ordering")
    options = ("points", "voir", "corps", "ancien", "erratum")
    """No « melange »: in the written order the rows would be the answer."""

    def parse(self, draft: ItemDraft, report: Report) -> None:
        """Read the stem, the rows and the parts."""
        read_rows(draft, self.parts, report)

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong with the rows."""
        check_row_count(draft, around.report)
        check_row_texts(draft, around.report)
        check_numbers(draft, around.report)
        if "explanation" not in draft.parts:
            around.report.add("Q201", draft.place)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Ordering:
        """Make the compiled item."""
        rows = tuple(
            Row(html=rendering.inline(row.text), feedback=rendering.block(tuple(row.feedback)))
            for row in draft.rows
        )
        return Ordering(**common_fields(draft, rendering), rows=rows)

    def key(self, item: Any) -> tuple[str, ...]:
        """Give the rows in their order."""
        return tuple(row.html for row in item.rows)

    def differs(self, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
        """Tell whether rows changed places; one that was only reworded did not."""
        if len(old) != len(new):
            return True
        common = [row for row in old if row in new]
        return common != [row for row in new if row in old]

    def shape(self, item: Any) -> tuple[str, ...]:
        """Give the number of rows."""
        return (str(len(item.rows)),)

    def default_order(self, item: Any, rng: random.Random) -> tuple[str, ...]:
        """Shuffle the ranks."""
        ranks = [str(rank) for rank in range(1, len(item.rows) + 1)]
        rng.shuffle(ranks)
        return tuple(ranks)

    def public(self, item: Any, order: Order) -> PublicItem:
        """Give the rows in the order shown, each under a letter that tells nothing."""
        if sorted(order) != sorted(str(rank) for rank in range(1, len(item.rows) + 1)):
            raise ValueError(f"order {order!r} does not name the rows of {item.id!r}")
        rows = tuple(
            PublicChoice(letter=letter, html=item.rows[int(rank) - 1].html)
            for letter, rank in zip(LETTERS, order, strict=False)
        )
        return public_base(item, self, rows=rows)

    def fields(self, item: Any) -> tuple[str, ...]:
        """Name a field for the place given to each row shown."""
        return tuple(f"rang-{letter}" for letter in LETTERS[: len(item.rows)])

    def read_value(self, item: Any, raw: Sequence[str], order: Order) -> list[int]:
        """Turn the place given to each row shown into the ranks of the source, in that order."""
        count = len(item.rows)
        if len(raw) != count or len(order) != count:
            raise Unreadable
        if not any(raw):
            return []
        if sorted(raw) != sorted(str(place) for place in range(1, count + 1)):
            raise Unreadable("places")
        given = {int(place): int(rank) for place, rank in zip(raw, order, strict=True)}
        return [given[place] for place in range(1, count + 1)]

    def raw_of(self, _item: Any, value: Any, order: Order) -> tuple[str, ...]:
        """Give the place of each row shown."""
        return tuple(str(value.index(int(rank)) + 1) for rank in order) if value else ()

    def right_value(self, item: Any) -> list[int]:
        """Give the ranks of the source."""
        return list(range(1, len(item.rows) + 1))

    def credit(self, item: Any, value: object) -> Fraction:
        """Give max(0, 2c − 1), c being the share of pairs of rows that stand in order."""
        if not isinstance(value, list | tuple) or sorted(value) != self.right_value(item):
            return Fraction(0)
        pairs = list(combinations(value, 2))
        in_order = sum(first < second for first, second in pairs)
        return max(Fraction(0), Fraction(2 * in_order, len(pairs)) - 1)

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give the rows in the right order, each with the place it was given."""
        given = list(value) if isinstance(value, list | tuple) else []
        rows = tuple(
            RowFeedback(
                html=row.html,
                given=str(given.index(rank) + 1) if rank in given else "",
                expected=str(rank),
                feedback=row.feedback,
                is_right=rank in given and given.index(rank) + 1 == rank,
            )
            for rank, row in enumerate(item.rows, start=1)
        )
        return scored_feedback(item, self.credit(item, value), rows=rows)
