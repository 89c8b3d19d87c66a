"""Compare a module with what was published of it."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialect.drafting import Draft
from app.dialect.identity import Breach, Identity, find_breaches, identify
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.source import Span
from app.dialect.unrendered import sound_items, unrendered


def identities_of(draft: Draft) -> dict[str, Identity]:
    """Give the identity of each item of a module, by its id."""
    return {
        item.id: identify(unrendered(item))
        for report, outline in draft.parts
        for item in sound_items(outline, report)
    }


def check_identity(draft: Draft, published: Mapping[str, Identity]) -> None:
    """Report ids that vanished, keys that changed and letters that serve again."""
    for name in sorted(draft.lost(published)):
        draft.main.add("P101", WHOLE_FILE, id=name)
    items = [
        unrendered(item)
        for report, outline in draft.parts
        for item in sound_items(outline, report)
    ]  # fmt: skip
    for breach in find_breaches(published, items, gone=set(published)):
        report, span = place_of(breach, draft)
        report.add(
            breach.code, span, id=breach.id, letter=breach.letter, type=published[breach.id].type
        )


def place_of(breach: Breach, draft: Draft) -> tuple[Report, Span]:
    """Find the heading of the item, or the choice."""
    for report, outline in draft.parts:
        for item in outline.items():
            if item.id == breach.id:
                choices = [one for one in item.choices if one.letter == breach.letter]
                return report, choices[0].line.visible() if choices else item.place
    raise LookupError(breach.id)
