"""Ask for a review, decide on a draft as it stands, remark on its lines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.studio.draft_states import Decision, DraftState
from app.studio.draft_texts import digest_of_module
from app.studio.models import Draft, DraftComment, DraftReview
from app.studio.queries.drafts import list_authors, list_media, list_texts
from app.studio.services.drafts import lock_open


class NotInReview(Exception):
    """Nobody asked for a review of this draft, or it was taken back."""


class NotReady(Exception):
    """The draft could not be published as it stands, so that nobody approves it."""


class OwnText(Exception):
    """Who wrote in a draft neither approves nor publishes it."""


class DraftChanged(Exception):
    """The draft is no longer what the page showed."""


def ask_review(session: Session, draft_id: int, *, agent_id: int, now: datetime) -> None:
    """Hand a draft to the reviewers."""
    draft = lock_open(session, draft_id)
    if draft.state == DraftState.IN_REVIEW:
        return
    draft.state = DraftState.IN_REVIEW
    record(
        session, Action.DRAFT_REVIEW_ASKED, actor_id=agent_id, object_kind="draft",
        object_id=draft_id, at=now, slug=draft.slug,
    )  # fmt: skip


def decide(
    session: Session,
    draft_id: int,
    *,
    reviewer_id: int,
    decision: Decision,
    sha256: str,
    note: str,
    now: datetime,
) -> None:
    """Approve a draft as it stands, or ask for changes, which hands it back to its authors."""
    draft = lock_open(session, draft_id)
    if draft.state != DraftState.IN_REVIEW:
        raise NotInReview
    check_not_own(session, draft_id, reviewer_id)
    if digest_now(session, draft_id) != sha256:
        raise DraftChanged
    session.add(
        DraftReview(
            draft_id=draft_id, reviewer_id=reviewer_id, decision=decision, sha256=sha256,
            base_version_id=draft.base_version_id, note=note, decided_at=now,
        )
    )  # fmt: skip
    if decision is Decision.CHANGES:
        draft.state = DraftState.WRITING
    record(
        session, Action.DRAFT_REVIEWED, actor_id=reviewer_id, object_kind="draft",
        object_id=draft_id, at=now, slug=draft.slug, decision=decision,
    )  # fmt: skip


def check_not_own(session: Session, draft_id: int, agent_id: int) -> None:
    """Raise `OwnText` for who wrote a revision of the draft."""
    if agent_id in list_authors(session, draft_id):
        raise OwnText


def digest_now(session: Session, draft_id: int) -> str:
    """Give the digest that the publication of a draft would have as it stands."""
    rows = list_texts(session, draft_id)
    texts = {row.path: row.text for row in rows if row.text is not None}
    return digest_of_module(texts, list_media(session, draft_id))


def find_approval(session: Session, draft: Draft, sha256: str) -> DraftReview | None:
    """Find the approval of a draft in this state; None where the last review is not one."""
    last = session.execute(
        select(DraftReview)
        .where(DraftReview.draft_id == draft.id)
        .order_by(DraftReview.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    if last is None or last.decision != Decision.APPROVED or last.sha256 != sha256:
        return None
    return last if last.base_version_id == draft.base_version_id else None


def remark(
    session: Session,
    draft_id: int,
    path: str,
    *,
    line: int,
    text: str,
    agent_id: int,
    now: datetime,
) -> None:
    """Remark on a line of a text as it stands; raise `DraftChanged` where it has no such line."""
    lock_open(session, draft_id)
    rows = {row.path: row.text for row in list_texts(session, draft_id)}
    lines = (rows.get(path) or "").split("\n")
    if not 1 <= line <= len(lines):
        raise DraftChanged
    session.add(
        DraftComment(
            draft_id=draft_id, path=path, line=line, quote=lines[line - 1], text=text,
            author_id=agent_id, written_at=now,
        )
    )  # fmt: skip


def settle_remark(session: Session, comment_id: int, *, agent_id: int, now: datetime) -> None:
    """Mark a remark as dealt with, once."""
    comment = session.get_one(DraftComment, comment_id, with_for_update=True)
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by_id = now, agent_id
