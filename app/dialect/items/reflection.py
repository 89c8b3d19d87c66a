"""Réflexion: a question to oneself, whose answer nobody else reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.dialect.compiled import Reflection
from app.dialect.draft import ItemDraft
from app.dialect.items.base import ItemType, Order, Rendering, Unreadable, common_fields

LONGEST = 10_000


class ReflectionType(ItemType):
    """A private text."""

    name = "reflection"
    labels = ("Réflexion", "Reflection")

    scored = False
    gradable = False

    def build(self, draft: ItemDraft, rendering: Rendering) -> Reflection:
        """Make the compiled item."""
        return Reflection(**common_fields(draft, rendering))

    def fields(self, _item: Any) -> tuple[str, ...]:
        """Name the one field."""
        return ("texte",)

    def read_value(self, _item: Any, raw: Sequence[str], _order: Order) -> str:
        """Take the text as typed."""
        if len(raw) != 1 or len(raw[0]) > LONGEST or "\x00" in raw[0]:
            raise Unreadable("text")
        return raw[0]
