"""What a certificate is worth today, from what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen to a certificate."""

    ISSUED = "issued"
    REVOKED = "revoked"
    REPLACED = "replaced"


class State(StrEnum):
    """What is said of a certificate to whoever verifies it."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, and since when it holds: a moment, the last valid day, or none while valid."""

    state: State
    since: datetime | date | None = None


def standing_of(
    *,
    revoked_at: datetime | None,
    replaced_at: datetime | None,
    valid_until: date | None,
    today: date,
) -> Standing:
    """Tell what a certificate is worth: revoked says more than replaced, replaced than expired."""
    if revoked_at is not None:
        return Standing(State.REVOKED, revoked_at)
    if replaced_at is not None:
        return Standing(State.REPLACED, replaced_at)
    if valid_until is not None and valid_until < today:
        return Standing(State.EXPIRED, valid_until)
    return Standing(State.VALID)
