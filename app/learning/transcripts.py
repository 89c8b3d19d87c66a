"""An item and its answer in words, as its agent saw them: for the record that they download."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.catalogue.folding import text_of
from app.dialect import items
from app.dialect.compiled import AnyItem
from app.dialect.public import PublicItem

GAP = "____"


def transcribe(item: AnyItem, value: Any, order: Sequence[str]) -> dict[str, Any]:
    """Give what was asked, what was offered in the order shown, and what was answered."""
    public = items.public(item, order)
    return {
        "item_id": public.id,
        "type": public.type,
        "title": public.title,
        "question": text_of(public.stem) or text_of(GAP.join(public.pieces)),
        "offered": list(list_offered(public)),
        "answered": list(list_answered(public, items.raw_of(item, value, order))),
    }


def list_offered(public: PublicItem) -> Iterator[str]:
    """List what could be chosen, put in order or brought together, as it was shown."""
    yield from (text_of(choice.html) for choice in (*public.choices, *public.rows))
    yield from (text_of(option.html) for option in public.options)
    yield from (" / ".join(gap.options) for gap in public.gaps if gap.options)


def list_answered(public: PublicItem, raw: Sequence[str]) -> Iterator[str]:
    """List what was answered: choices, rows in the order given, sides joined, texts as typed."""
    if public.choices:
        by_letter = {choice.letter: text_of(choice.html) for choice in public.choices}
        yield from (by_letter[letter] for letter in raw if letter in by_letter)
    elif public.options:
        by_letter = {option.letter: text_of(option.html) for option in public.options}
        for row, letter in zip(public.rows, raw, strict=False):
            yield f"{text_of(row.html)} → {by_letter.get(letter, '')}"
    elif public.rows:
        placed = sorted(zip(raw, public.rows, strict=False), key=lambda pair: int(pair[0]))
        yield from (text_of(row.html) for _, row in placed)
    else:
        yield from raw
