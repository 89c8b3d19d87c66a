"""The settings that administrators change without a restart, with their types and defaults."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import overload

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import Setting


class NumberKey(StrEnum):
    """The settings that are whole numbers."""

    MINIMUM_GROUP = "minimum_group"
    """k: totals about answers are shown from this many agents on."""
    PRACTICE_RETENTION_DAYS = "practice_retention_days"
    JOURNAL_DETAIL_RETENTION_DAYS = "journal_detail_retention_days"
    SESSION_RETENTION_DAYS = "session_retention_days"
    IMPORT_RETENTION_DAYS = "import_retention_days"
    """Of directory files that nobody applied."""
    LEAVING_PERCENT = "leaving_percent"
    """More departures by a complete file, in percent, ask for a confirmation of their own."""
    ONE_TIME_PASSWORD_HOURS = "one_time_password_hours"  # noqa: S105


class TextKey(StrEnum):
    """The settings that are texts."""

    ORGANISATION = "organisation"
    SUPPORT = "support"
    """Whom to write or call when signing in fails."""
    PUBLISHER = "publisher"
    """Who answers for what the site publishes."""
    HOST = "host"
    """Who runs the machines: name, address, telephone."""
    DATA_OFFICER = "data_officer"
    """Whom to write to about personal data."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The default of a number, and what it may be set to."""

    default: int
    least: int
    most: int


NUMBERS = {
    NumberKey.MINIMUM_GROUP: Bounds(10, 5, 1000),
    NumberKey.PRACTICE_RETENTION_DAYS: Bounds(30, 1, 365),
    NumberKey.JOURNAL_DETAIL_RETENTION_DAYS: Bounds(365, 30, 3650),
    NumberKey.SESSION_RETENTION_DAYS: Bounds(90, 1, 365),
    NumberKey.IMPORT_RETENTION_DAYS: Bounds(7, 1, 90),
    NumberKey.LEAVING_PERCENT: Bounds(5, 1, 100),
    NumberKey.ONE_TIME_PASSWORD_HOURS: Bounds(72, 1, 720),
}
TEXTS = dict.fromkeys(TextKey, "")
"""An empty organisation stands for the name given in the configuration."""


@overload
def get_setting(session: Session, key: NumberKey) -> int: ...
@overload
def get_setting(session: Session, key: TextKey) -> str: ...
def get_setting(session: Session, key: NumberKey | TextKey) -> int | str:
    """Return a setting's value, or its default; a number out of its bounds is brought back."""
    value = session.scalar(sa.select(Setting.value).where(Setting.key == key))
    return read_value(key, value)


def read_value(key: NumberKey | TextKey, value: str | None) -> int | str:
    """Read a stored value in the type of its key."""
    if isinstance(key, TextKey):
        return TEXTS[key] if value is None else value
    bounds = NUMBERS[key]
    if value is None or not value.isdecimal():
        return bounds.default
    return max(bounds.least, min(bounds.most, int(value)))


def list_settings(session: Session) -> dict[str, int | str]:
    """List every setting by its key, in one statement."""
    stored = {row.key: row.value for row in session.execute(sa.select(Setting.key, Setting.value))}
    keys: list[NumberKey | TextKey] = [*NUMBERS, *TEXTS]
    return {key: read_value(key, stored.get(key)) for key in keys}
