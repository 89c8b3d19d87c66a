"""Drafts that wait for somebody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.studio.draft_states import Decision, DraftState
from app.studio.models import (
    Draft,
    DraftComment,
    DraftFile,
    DraftMediaChange,
    DraftReview,
    DraftRevision,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Ids of the drafts that wait for an agent, and why."""

    to_review: frozenset[int]
    """A review is asked for, and the agent wrote nothing in them."""
    to_publish: frozenset[int]
    """Of these, those that were approved as they are."""
    to_change: frozenset[int]
    """Theirs, for which a reviewer asked for changes."""
    remarked: dict[int, list[tuple[str, int]]]
    """Theirs, with the text and the id of each remark to deal with, in the order of the texts."""


def list_waiting(session: Session, agent_id: int) -> Waiting:
    """Gather the drafts that wait for an agent."""
    own = wrote_in(agent_id)
    asked = select(Draft.id).where(Draft.state == DraftState.IN_REVIEW, ~own)
    last = (
        select(DraftReview.id)
        .where(DraftReview.draft_id == Draft.id)
        .order_by(DraftReview.id.desc())
        .limit(1)
        .correlate(Draft)
        .scalar_subquery()
    )
    reviewed = select(Draft.id).join(DraftReview, DraftReview.id == last)
    approved = reviewed.where(
        Draft.state == DraftState.IN_REVIEW, ~own, DraftReview.decision == Decision.APPROVED,
        DraftReview.base_version_id.is_not_distinct_from(Draft.base_version_id),
        ~changed_since(),
    )  # fmt: skip
    back = reviewed.where(
        Draft.state == DraftState.WRITING, own, DraftReview.decision == Decision.CHANGES
    )
    remarks = session.execute(
        select(Draft.id, DraftComment.path, DraftComment.id)
        .join(DraftComment, DraftComment.draft_id == Draft.id)
        .where(Draft.closed_at.is_(None), own, DraftComment.resolved_at.is_(None))
        .order_by(DraftComment.path, DraftComment.line, DraftComment.id)
    )
    remarked: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for draft_id, path, comment_id in remarks:
        remarked[draft_id].append((path, comment_id))
    return Waiting(
        frozenset(session.scalars(asked)),
        frozenset(session.scalars(approved)),
        frozenset(session.scalars(back)),
        remarked,
    )


def wrote_in(agent_id: int) -> ColumnElement[bool]:
    """Match the drafts in which an agent saved a text or changed a media (`list_authors`)."""
    saved = (
        select(DraftRevision.id)
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .where(DraftFile.draft_id == Draft.id, DraftRevision.author_id == agent_id)
    )
    changed = select(DraftMediaChange.id).where(
        DraftMediaChange.draft_id == Draft.id, DraftMediaChange.author_id == agent_id
    )
    return saved.correlate(Draft).exists() | changed.correlate(Draft).exists()


def changed_since() -> ColumnElement[bool]:
    """Match the drafts whose texts or media changed after a review."""
    texts = select(DraftRevision.id).join(DraftFile, DraftFile.id == DraftRevision.file_id).where(
        DraftFile.draft_id == Draft.id, DraftRevision.saved_at > DraftReview.decided_at,
        DraftRevision.is_aside.is_(False),
    )  # fmt: skip
    media = select(DraftMediaChange.id).where(
        DraftMediaChange.draft_id == Draft.id, DraftMediaChange.changed_at > DraftReview.decided_at
    )
    return (
        texts.correlate(Draft, DraftReview).exists() | media.correlate(Draft, DraftReview).exists()
    )
