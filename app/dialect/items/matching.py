"""Association: left sides to bring to right sides; a right side that repeats is a category."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from app.dialect.compiled import Matching, Pair
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
from app.dialect.items.ordering import LETTERS
from app.dialect.items.rows import check_row_count, plain, read_pairs
from app.dialect.messages import Report
from app.dialect.public import Feedback, PublicChoice, PublicItem, RowFeedback

ARROW = "\x1f"
"""Parts the two sides of a pair in a key: a mark that no text holds."""


class MatchingType(ItemType):
    """Pairs to make; a page names each right side by a letter that follows the order shown."""

    name = "matching"
    labels = ("Association", "Matching")

    def parse(self, draft: ItemDraft, report: Report) -> None:
        """Read the stem, the pairs and the parts."""
        read_pairs(draft, self.parts, report)

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong with the pairs."""
        check_row_count(draft, around.report)
        check_pairs(draft, around.report)
        if "explanation" not in draft.parts:
            around.report.add("Q201", draft.place)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Matching:
        """Make the compiled item; each right side is kept once."""
        ranks: dict[str, int] = {}
        rights: list[str] = []
        for row in draft.rows:
            if plain(row.right) not in ranks:
                rights.append(rendering.inline(row.right))
                ranks[plain(row.right)] = len(rights)
        pairs = tuple(
            Pair(
                html=rendering.inline(row.text),
                right=ranks[plain(row.right)],
                feedback=rendering.block(tuple(row.feedback)),
            )
            for row in draft.rows
            if row.text
        )
        return Matching(**common_fields(draft, rendering), pairs=pairs, rights=tuple(rights))

    def key(self, item: Any) -> tuple[str, ...]:
        """Give each left side with its right side."""
        return tuple(f"{pair.html}{ARROW}{item.rights[pair.right - 1]}" for pair in item.pairs)

    def differs(self, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
        """Tell whether a left side went to another right side; a reworded one did not."""
        before, after = (dict(pair.split(ARROW) for pair in key) for key in (old, new))
        kept = set(after.values()) & set(before.values())
        return any(
            after[left] != right and (right in kept or after[left] in kept)
            for left, right in before.items()
            if left in after
        )

    def shape(self, item: Any) -> tuple[str, ...]:
        """Give the rank of each left side's answer, and how many right sides there are."""
        return (*(str(pair.right) for pair in item.pairs), f"/ {len(item.rights)}")

    def default_order(self, item: Any, rng: random.Random) -> tuple[str, ...]:
        """Shuffle the right sides, unless the author keeps the written order."""
        ranks = [str(rank) for rank in range(1, len(item.rights) + 1)]
        if item.shuffle:
            rng.shuffle(ranks)
        return tuple(ranks)

    def public(self, item: Any, order: Order) -> PublicItem:
        """Give the left sides as written, and the right sides in the order shown."""
        if sorted(order) != sorted(str(rank) for rank in range(1, len(item.rights) + 1)):
            raise ValueError(f"order {order!r} does not name the right sides of {item.id!r}")
        rows = tuple(
            PublicChoice(letter=str(rank), html=pair.html)
            for rank, pair in enumerate(item.pairs, start=1)
        )
        options = tuple(
            PublicChoice(letter=letter, html=item.rights[int(rank) - 1])
            for letter, rank in zip(LETTERS, order, strict=False)
        )
        return public_base(item, self, rows=rows, options=options)

    def fields(self, item: Any) -> tuple[str, ...]:
        """Name a field for each left side."""
        return tuple(f"paire-{rank}" for rank in range(1, len(item.pairs) + 1))

    def read_value(self, item: Any, raw: Sequence[str], order: Order) -> list[int]:
        """Turn the letter chosen for each left side into a rank of the source; 0 for none."""
        letters = {letter: int(rank) for letter, rank in zip(LETTERS, order, strict=False)}
        if len(raw) != len(item.pairs) or any(one and one not in letters for one in raw):
            raise Unreadable
        return [letters.get(one, 0) for one in raw] if any(raw) else []

    def raw_of(self, _item: Any, value: Any, order: Order) -> tuple[str, ...]:
        """Give the letter of each left side's answer."""
        letters = dict(zip(order, LETTERS, strict=False))
        return tuple(letters.get(str(rank), "") for rank in value or ())

    def right_value(self, item: Any) -> list[int]:
        """Give the right side of each left side."""
        return [pair.right for pair in item.pairs]

    def credit(self, item: Any, value: object) -> Fraction:
        """Give the share of the left sides that go with their right side."""
        given = list(value) if isinstance(value, list | tuple) else []
        right = sum(one == pair.right for one, pair in zip(given, item.pairs, strict=False))
        return Fraction(right, len(item.pairs))

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give each left side with what was chosen and what was expected."""
        given = list(value) if isinstance(value, list | tuple) else [0] * len(item.pairs)
        rows = tuple(
            RowFeedback(
                html=pair.html,
                given=item.rights[one - 1] if one else "",
                expected=item.rights[pair.right - 1],
                feedback=pair.feedback,
                is_right=one == pair.right,
            )
            for one, pair in zip(given, item.pairs, strict=False)
        )
        return scored_feedback(item, self.credit(item, value), rows=rows)


def check_pairs(draft: ItemDraft, report: Report) -> None:
    """Report sides without text, sides said twice, and a matching with nothing to choose."""
    seen: set[str] = set()
    rights: set[str] = set()
    for row in draft.rows:
        left, right = plain(row.text), plain(row.right)
        if not right:
            report.add("Q113-choice", row.line.visible())
        elif (left and left in seen) or (not left and right in rights):
            report.add("Q204", row.line.visible())
        seen.add(left)
        rights.add(right)
    lefts = sum(bool(row.text) for row in draft.rows)
    if draft.rows and (lefts < 2 or len(rights - {""}) < 2):
        report.add("Q112-pairs", draft.place)
