"""Items built without rendering: what comparing them with others needs, in no time."""

from __future__ import annotations

from collections.abc import Iterator

from app.dialect.compiled import AnyItem
from app.dialect.draft import ItemDraft, Outline
from app.dialect.items.base import Rendering
from app.dialect.items.registry import TYPES
from app.dialect.messages import Report
from app.dialect.source import join

PLAIN = Rendering(join, join, join)
COMPARISONS = ("P", "T")
"""Families of messages that say nothing of what an item is."""


def unrendered(draft: ItemDraft) -> AnyItem:
    """Build an item with its texts as they are written."""
    return TYPES[draft.type].build(draft, PLAIN)


def sound_items(outline: Outline, report: Report) -> Iterator[ItemDraft]:
    """Go through the items that have an id and no error."""
    broken = sorted({
        message.line
        for message in report.messages
        if message.is_error and not message.code.startswith(COMPARISONS)
    })  # fmt: skip
    for item in outline.items():
        last = item.body[-1].line.number if item.body else item.heading.number
        is_broken = any(item.heading.number <= line <= last for line in broken)
        if item.id and item.type in TYPES and not is_broken:
            yield item
