"""Where an agent stands on a module that they owe: dates only, never how they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """In the order in which a list shows them."""

    LATE = "late"
    LATE_NOT_STARTED = "late_not_started"
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    """Done, and to be renewed soon: for lists of certificates only."""
    DONE = "done"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Owing:
    """An agent and a module they owe, or None where they owe nothing."""

    agent_id: int
    given_name: str
    family_name: str
    matricule: str
    unit_id: int
    unit_name: str
    module_id: int | None
    due_on: date | None
    started_at: datetime | None
    completed_at: datetime | None
    valid_until: date | None

    @property
    def full_name(self) -> str:
        """Join the names, family name first as in a list."""
        return f"{self.family_name} {self.given_name}"

    @property
    def key(self) -> tuple[int, int]:
        """Identify the row, for the next page to start after it."""
        return self.agent_id, self.module_id or 0

    def standing(self, today: date) -> Standing:
        """Tell where the agent stands on a day."""
        if self.due_on is None:
            return Standing.NOT_ASKED
        if self.completed_at is not None:
            expired = self.valid_until is not None and self.valid_until < today
            return Standing.EXPIRED if expired else Standing.DONE
        if self.due_on < today:
            return Standing.LATE if self.started_at else Standing.LATE_NOT_STARTED
        return Standing.UNDER_WAY if self.started_at else Standing.NOT_STARTED
