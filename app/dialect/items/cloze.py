"""Texte à trous: words to type or to choose inside a text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import Any

from app.dialect.compiled import Cloze, Gap
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
from app.dialect.items.gaps import MARK, check_gaps, fenced_lines, find_gaps, mark_gaps
from app.dialect.items.typed import bare, is_typed
from app.dialect.labels import fold
from app.dialect.public import Feedback, PublicGap, PublicItem, RowFeedback


class ClozeType(ItemType):
    """A text with gaps."""

    name = "cloze"
    labels = ("Texte à trous", "Cloze")
    options = ("points", "voir", "corps", "ancien", "erratum")

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report what is wrong with the gaps."""
        check_gaps(draft, around.report)
        if "explanation" not in draft.parts:
            around.report.add("Q201", draft.place)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Cloze:
        """Make the compiled item: its text is rendered whole, then cut at the gaps."""
        found = find_gaps(draft.stem, fenced_lines(draft))
        html = rendering.block(mark_gaps(draft.stem, found, MARK))
        gaps = tuple(
            Gap(accepted=tuple(gap.accepted), decoys=tuple(gap.options[1:])) for gap in found
        )
        fields = common_fields(draft, rendering) | {"stem": ""}
        return Cloze(**fields, pieces=tuple(html.split(MARK)), gaps=gaps)

    def key(self, item: Any) -> tuple[str, ...]:
        """Give what each gap accepts."""
        return tuple("|".join(sorted(map(bare, gap.accepted))) for gap in item.gaps)

    def shape(self, item: Any) -> tuple[str, ...]:
        """Give, gap by gap, how many decoys there are: none where it is typed."""
        return tuple(str(len(gap.decoys)) for gap in item.gaps)

    def public(self, item: Any, _order: Order) -> PublicItem:
        """Give the text around the gaps, and what the menus offer, in alphabetical order."""
        gaps = tuple(
            PublicGap(
                options=tuple(sorted([*gap.accepted, *gap.decoys], key=fold)) if gap.decoys else ()
            )
            for gap in item.gaps
        )
        return public_base(item, self, pieces=item.pieces, gaps=gaps)

    def fields(self, item: Any) -> tuple[str, ...]:
        """Name a field for each gap."""
        return tuple(f"trou-{rank}" for rank in range(1, len(item.gaps) + 1))

    def read_value(self, item: Any, raw: Sequence[str], _order: Order) -> list[str]:
        """Keep what each gap holds, as typed; nothing where all are empty."""
        texts = [text.strip() for text in raw]
        if len(texts) != len(item.gaps) or not all(map(is_typed, texts)):
            raise Unreadable("text")
        for text, gap in zip(texts, item.gaps, strict=True):
            if text and gap.decoys and text not in (*gap.accepted, *gap.decoys):
                raise Unreadable
        return texts if any(texts) else []

    def right_value(self, item: Any) -> list[str]:
        """Give the first text accepted in each gap."""
        return [gap.accepted[0] for gap in item.gaps]

    def credit(self, item: Any, value: object) -> Fraction:
        """Give the share of the gaps filled with a text that is accepted."""
        given = list(value) if isinstance(value, list | tuple) else []
        right = sum(fits(text, gap) for text, gap in zip(given, item.gaps, strict=False))
        return Fraction(right, len(item.gaps))

    def feedback(self, item: Any, value: object) -> Feedback:
        """Give each gap with what was put in it and what was expected."""
        given = list(value) if isinstance(value, list | tuple) else [""] * len(item.gaps)
        rows = tuple(
            RowFeedback(
                given=escape(text), expected=escape(gap.accepted[0]), is_right=fits(text, gap)
            )
            for text, gap in zip(given, item.gaps, strict=False)
        )
        return scored_feedback(item, self.credit(item, value), rows=rows)


def fits(text: object, gap: Gap) -> bool:
    """Tell whether a gap accepts a text."""
    return isinstance(text, str) and bare(text) in map(bare, gap.accepted)
