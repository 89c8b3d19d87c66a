"""How far a directory file is: the steps it goes through, and where it waits."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A step of an import."""

    OPENING = "opening"
    """Its headings are being read."""
    MATCHING = "matching"
    """It waits for a person to say which heading is which column."""
    READING = "reading"
    CHECKING = "checking"
    """Rows are being checked among themselves, units in their tree."""
    COMPARING = "comparing"
    """Rows are being compared with what is known."""
    SEEKING = "seeking"
    """Agents who are not in the file are being looked for."""
    REFUSED = "refused"
    """Something is wrong; nothing was applied, nor will be."""
    READY = "ready"
    """It waits for a person to say that it is to be applied."""
    APPLYING_UNITS = "applying_units"
    APPLYING = "applying"
    MERGING = "merging"
    """Agents of units that were merged are being moved."""
    LEAVING = "leaving"
    FINISHING = "finishing"
    CLEARING = "clearing"
    """All is applied; what was staged is being deleted."""
    APPLIED = "applied"
    ABANDONED = "abandoned"


AT_REST = frozenset({State.MATCHING, State.REFUSED, State.READY, State.APPLIED, State.ABANDONED})
"""Where nothing goes on until a person acts."""
OVER = frozenset({State.APPLIED, State.ABANDONED})
UNDER_APPLICATION = frozenset(
    {State.APPLYING_UNITS, State.APPLYING, State.MERGING, State.LEAVING, State.FINISHING}
)
"""Once begun, these go to their end: what is half applied is never left."""
