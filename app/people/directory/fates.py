"""What becomes of a unit or an agent when a directory file is applied."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of an agent or a unit."""

    CREATED = "created"
    MOVED = "moved"
    """An agent changes unit, corps, grade or category; a unit is put below another."""
    CHANGED = "changed"
    RETURNED = "returned"
    LEFT = "left"
    CLOSED = "closed"
    MERGED = "merged"
    UNCHANGED = "unchanged"


OF_AGENTS = (
    Fate.CREATED, Fate.MOVED, Fate.CHANGED, Fate.RETURNED, Fate.LEFT, Fate.UNCHANGED,
)  # fmt: skip
OF_UNITS = (
    Fate.CREATED, Fate.MOVED, Fate.CHANGED, Fate.CLOSED, Fate.MERGED, Fate.UNCHANGED,
)  # fmt: skip
