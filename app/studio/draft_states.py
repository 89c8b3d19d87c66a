"""Where a draft is, and what a reviewer may say of it."""

from __future__ import annotations

from enum import StrEnum


class DraftState(StrEnum):
    """Where a draft is between its first line and its publication."""

    WRITING = "writing"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OPEN = (DraftState.WRITING, DraftState.IN_REVIEW)
"""States in which a draft may still change."""


class Decision(StrEnum):
    """What a reviewer says of a draft as it stands."""

    APPROVED = "approved"
    CHANGES = "changes"
