"""The units that a list offers."""

from __future__ import annotations

from app.i18n import space_french
from app.people.queries import Unit

MOST_UNITS = 300
"""How many units the list offers: the highest ones; others come from the page of a unit."""


def unit_choices(units: list[Unit], unit_id: int | None) -> dict[str, str]:
    """Offer the units as an indented list: all of them, or the highest and the one asked for."""
    deepest = max((unit.depth for unit in units), default=0)
    kept = units
    while len(kept) > MOST_UNITS and deepest > 0:
        deepest -= 1
        kept = [unit for unit in units if unit.depth <= deepest or unit.id == unit_id]
    top = min((unit.depth for unit in kept), default=0)
    indent = "\u00a0" * 4
    return {
        str(unit.id): f"{indent * (unit.depth - top)}{space_french(unit.name)}" for unit in kept
    }
