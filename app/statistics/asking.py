"""What a reader may ask of the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class View(StrEnum):
    """How the figures are cut; the values are those of the address."""

    UNITS = "services"
    MODULES = "modules"
    CORPS = "corps"
    BANDS = "grades"
    TREND = "evolution"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see."""

    day: date | None = None
    unit_id: int | None = None
    corps: str = ""
    module_ids: tuple[int, ...] | None = None
    """One module, those of a path or of a campaign; None for all."""
    view: View = View.UNITS
    months: int | None = None
    """How far back the trend goes; None for all that is kept."""
    other_day: date | None = None
    """The day to compare with, if any."""
    under_today: bool = False
    """Whether the units are those of today rather than those of the day."""
