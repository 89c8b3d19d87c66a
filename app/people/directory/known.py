"""What is known of units before a directory file is applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the database, or as it will be."""

    id: int
    code: str
    name: str
    kind: str
    parent_code: str
    specialty: str
    opened_on: date
    closed_on: date | None
    merged_into_code: str
