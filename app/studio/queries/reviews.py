"""Reviews of drafts and remarks on their lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.people.models import Agent
from app.studio.models import DraftComment, DraftReview
from app.studio.queries.drafts import named


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a reviewer said, and of which state of the texts."""

    id: int
    decision: str
    sha256: str
    base_version_id: int | None
    note: str
    decided_at: datetime
    reviewer: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a line, and whether it was dealt with."""

    id: int
    path: str
    line: int
    quote: str
    text: str
    written_at: datetime
    author: str
    resolved_at: datetime | None
    resolved_by: str | None


def list_reviews(session: Session, draft_id: int) -> list[ReviewRow]:
    """List the reviews of a draft, the latest first."""
    rows = session.execute(
        select(
            DraftReview.id, DraftReview.decision, DraftReview.sha256,
            DraftReview.base_version_id, DraftReview.note, DraftReview.decided_at, named(),
        )
        .join(Agent, Agent.id == DraftReview.reviewer_id)
        .where(DraftReview.draft_id == draft_id)
        .order_by(DraftReview.id.desc())
    )  # fmt: skip
    return [ReviewRow(*row) for row in rows]


def list_remarks(session: Session, draft_id: int) -> list[Remark]:
    """List the remarks on a draft, in the order of its texts and lines."""
    resolver = aliased(Agent)
    rows = session.execute(
        select(
            DraftComment.id, DraftComment.path, DraftComment.line, DraftComment.quote,
            DraftComment.text, DraftComment.written_at, named(), DraftComment.resolved_at,
            named(resolver),
        )
        .join(Agent, Agent.id == DraftComment.author_id)
        .outerjoin(resolver, resolver.id == DraftComment.resolved_by_id)
        .where(DraftComment.draft_id == draft_id)
        .order_by(DraftComment.path, DraftComment.line, DraftComment.id)
    )  # fmt: skip
    return [Remark(*row) for row in rows]


def find_remark(session: Session, draft_id: int, comment_id: int) -> str | None:
    """Find a remark of a draft; give the path of its text."""
    return session.scalar(
        select(DraftComment.path).where(
            DraftComment.draft_id == draft_id, DraftComment.id == comment_id
        )
    )
