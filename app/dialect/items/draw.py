"""Tirage: items taken from a bank when an attempt starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from app.dialect.compiled import Draw
from app.dialect.draft import ItemDraft
from app.dialect.items.base import (
    ItemType,
    Order,
    Rendering,
    Surroundings,
    Unreadable,
    common_fields,
)


class DrawType(ItemType):
    """A place in the quiz that a bank fills."""

    name = "draw"
    labels = ("Tirage", "Draw")
    parts = frozenset()
    options = (*ItemType.options, "banque", "nombre")
    scored = False
    needs_stem = False

    def check(self, draft: ItemDraft, around: Surroundings) -> None:
        """Report a draw that its bank cannot serve."""
        bank, count = draft.attributes.value("banque"), draft.attributes.value("nombre")
        for name, value in (("banque", bank), ("nombre", count)):
            if value is None:
                around.report.add("Q115", draft.place, option=name)
        if draft.stem:
            around.report.add("Q114-draw", draft.stem[0].visible())
        if around.step_kind != "evaluation":
            around.report.add("Q116-draw", draft.place)
        if bank is None:
            return
        if bank not in around.banks:
            span = draft.attributes.options["banque"].span
            around.report.add("Q115-absent", span, bank=bank)
        elif count is not None and re.fullmatch(r"[0-9]{1,3}", count):
            check_supply(draft, bank, int(count), around)

    def build(self, draft: ItemDraft, rendering: Rendering) -> Draw:
        """Make the compiled item."""
        bank = draft.attributes.value("banque") or ""
        count = int(draft.attributes.value("nombre") or 0)
        return Draw(**common_fields(draft, rendering), bank=bank, count=count)

    def read_value(self, _item: Any, _raw: Sequence[str], _order: Order) -> object:
        """Refuse: a draw is not answered, the items drawn are."""
        raise Unreadable


def check_supply(draft: ItemDraft, bank: str, count: int, around: Surroundings) -> None:
    """Report the first corps for which the bank does not hold enough, all draws together."""
    audiences = around.banks[bank]
    if audiences is None:
        return
    drawn = around.drawn.setdefault(bank, {})
    for corps in around.audience:
        if corps not in draft.audience:
            continue
        drawn[corps] = drawn.get(corps, 0) + count
        held = sum(corps in audience for audience in audiences)
        if drawn[corps] > held:
            asked = drawn[corps]
            around.report.add("Q110", draft.place, count=asked, bank=bank, held=held, corps=corps)
            return
