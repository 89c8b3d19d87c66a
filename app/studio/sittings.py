"""The revisions of a text as its history shows them: one entry for each sitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.studio.queries.revisions import RevisionRow

PAUSE = timedelta(minutes=10)
"""A longer pause begins another sitting."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Revisions that one trainer saved without a long pause, the newest first."""

    revisions: tuple[RevisionRow, ...]
    before: RevisionRow | None
    """The current revision when it began."""

    @property
    def last(self) -> RevisionRow:
        """Give the revision that it ended with."""
        return self.revisions[0]

    @property
    def first(self) -> RevisionRow:
        """Give the revision that it began with."""
        return self.revisions[-1]


def gather(revisions: Sequence[RevisionRow]) -> list[Sitting]:
    """Gather revisions, the newest first, into sittings; those kept aside are left out."""
    groups: list[list[RevisionRow]] = []
    for one in (revision for revision in revisions if not revision.is_aside):
        if groups and belongs(one, groups[-1][-1]):
            groups[-1].append(one)
        else:
            groups.append([one])
    befores = [*(group[0] for group in groups[1:]), None]
    return [Sitting(tuple(group), before) for group, before in zip(groups, befores, strict=True)]


def belongs(earlier: RevisionRow, later: RevisionRow) -> bool:
    """Tell whether a revision belongs to the sitting of the one that followed it.

    What a draft began with stands alone: all that was written since is compared with it.
    """
    same = earlier.author_id == later.author_id and earlier.base > 0
    return same and later.saved_at - earlier.saved_at <= PAUSE
