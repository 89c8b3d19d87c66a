"""Why a file that was sent is not kept."""

from __future__ import annotations

from enum import StrEnum

LARGEST = 8_000_000
"""Bytes of a file that is sent, and of what is kept of it."""
MOST_PIXELS = 25_000_000
"""Of a picture, as its first bytes tell before anything is decoded."""


class Reason(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    SIZE = "size"
    UNKNOWN = "unknown"
    """Neither of its name's type nor of any that a module may hold."""
    DIAGRAM = "diagram"
    OTHER_PICTURE = "other_picture"
    """A picture of a type that not every browser shows, such as HEIC."""
    PIXELS = "pixels"
    ANIMATED = "animated"
    DAMAGED = "damaged"
    HEAVY = "heavy"
    """A picture that weighs too much once made anew."""
    MEMORY = "memory"
    TIME = "time"
    CAPTIONS = "captions"
    """Captions that cannot be read."""
    ALONE = "alone"
    """Captions that go with no film."""
    BUSY = "busy"
    TOTAL = "total"
    """The draft holds as much as it may."""


class Refused(Exception):
    """A file that is not kept."""

    def __init__(self, reason: Reason, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        """Where in its text, of captions; 0 for the whole file."""
