"""Choix unique: one right answer, and partial credit for some of the others."""

from __future__ import annotations

from app.dialect.compiled import SingleChoice
from app.dialect.draft import ItemDraft
from app.dialect.items.base import Rendering
from app.dialect.items.choice import ChoiceType, choice_fields


class SingleChoiceType(ChoiceType):
    """One answer among several."""

    name = "single"
    labels = ("Choix unique", "Single choice")
    takes_percent = True

    def build(self, draft: ItemDraft, rendering: Rendering) -> SingleChoice:
        """Make the compiled item."""
        return SingleChoice(**choice_fields(draft, rendering))
