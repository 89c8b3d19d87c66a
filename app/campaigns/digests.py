"""Who gets the weekly reminder: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

NEAR = timedelta(days=30)
"""How long before its date something is told again each week."""


class Fate(StrEnum):
    """What becomes of the weekly reminder of someone who owes something."""

    GOES = "goes"
    REMINDED = "reminded"
    """One was written this week already, by whoever asked."""
    AWAY = "away"
    STOPPED = "stopped"
    NO_ADDRESS = "no_address"
    QUIET = "quiet"
    """All of it was told before, and is due later."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What an agent owes and has not completed."""

    slug: str
    due_on: date
    asked_at: datetime

    def is_late(self, today: date) -> bool:
        """Tell whether its date has passed."""
        return self.due_on < today


@dataclass(frozen=True, slots=True)
class Debtor:
    """Someone who owes something, and what stands against writing to them."""

    agent_id: int
    full_name: str
    language: str
    has_address: bool
    is_away: bool
    has_stopped: bool
    was_reminded: bool
    """This week."""
    told_at: datetime | None
    """When a reminder was last written to them."""
    owed: Sequence[Owed]
    """The earliest date first, hence what is late."""


def decide(debtor: Debtor, today: date) -> Fate:
    """Tell whether the weekly reminder goes, and else the first thing that stands against it."""
    if debtor.was_reminded:
        return Fate.REMINDED
    if debtor.is_away:
        return Fate.AWAY
    if debtor.has_stopped:
        return Fate.STOPPED
    if not debtor.has_address:
        return Fate.NO_ADDRESS
    return Fate.GOES if any(is_worth_telling(one, debtor, today) for one in debtor.owed) else (
        Fate.QUIET
    )  # fmt: skip


def is_worth_telling(owed: Owed, debtor: Debtor, today: date) -> bool:
    """Tell whether something is late, near its date, or was never told."""
    never_told = debtor.told_at is None or owed.asked_at > debtor.told_at
    return never_told or owed.due_on <= today + NEAR
