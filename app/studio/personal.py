"""What drafts hold about an agent: how it is given, how it is erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.studio.models import (
    Draft,
    DraftComment,
    DraftFile,
    DraftMediaChange,
    DraftReview,
    DraftRevision,
)


def export_for(session: Session, agent_id: int) -> dict[str, Any]:
    """Gather what an agent wrote and put in drafts, remarked and decided, oldest first."""
    return {
        "drafts": list_begun(session, agent_id),
        "revisions": list_saved(session, agent_id),
        "media": list_media_changes(session, agent_id),
        "remarks": list_remarks(session, agent_id),
        "reviews": list_decisions(session, agent_id),
    }


def list_begun(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List the drafts that an agent began."""
    begun = sa.select(Draft).where(Draft.created_by_id == agent_id).order_by(Draft.id)
    return [
        {"module": row.slug, "begun_at": row.created_at.isoformat()}
        for row in session.scalars(begun)
    ]


def list_saved(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List the texts that an agent saved; those taken out of a module have none."""
    rows = session.execute(
        sa.select(
            Draft.slug, DraftFile.path, DraftRevision.number, DraftRevision.saved_at,
            DraftRevision.text,
        )
        .join(DraftFile, DraftFile.draft_id == Draft.id)
        .join(DraftRevision, DraftRevision.file_id == DraftFile.id)
        .where(DraftRevision.author_id == agent_id)
        .order_by(DraftRevision.id)
    )  # fmt: skip
    return [
        {
            "module": row.slug,
            "path": row.path,
            "number": row.number,
            "saved_at": row.saved_at.isoformat(),
            "text": row.text,
        }
        for row in rows
    ]


def list_media_changes(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List the media that an agent put in drafts or took out; these have no digest."""
    rows = session.execute(
        sa.select(
            Draft.slug, DraftMediaChange.path, DraftMediaChange.sha256,
            DraftMediaChange.description, DraftMediaChange.changed_at,
        )
        .join(Draft, Draft.id == DraftMediaChange.draft_id)
        .where(DraftMediaChange.author_id == agent_id)
        .order_by(DraftMediaChange.id)
    )  # fmt: skip
    return [
        {
            "module": row.slug,
            "path": row.path,
            "sha256": row.sha256,
            "description": row.description,
            "changed_at": row.changed_at.isoformat(),
        }
        for row in rows
    ]


def list_remarks(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List the remarks that an agent made."""
    rows = session.execute(
        sa.select(
            Draft.slug, DraftComment.path, DraftComment.quote, DraftComment.text,
            DraftComment.written_at,
        )
        .join(Draft, Draft.id == DraftComment.draft_id)
        .where(DraftComment.author_id == agent_id)
        .order_by(DraftComment.id)
    )  # fmt: skip
    return [
        {
            "module": row.slug,
            "path": row.path,
            "about": row.quote,
            "text": row.text,
            "written_at": row.written_at.isoformat(),
        }
        for row in rows
    ]


def list_decisions(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List what an agent decided of drafts."""
    rows = session.execute(
        sa.select(Draft.slug, DraftReview.decision, DraftReview.note, DraftReview.decided_at)
        .join(Draft, Draft.id == DraftReview.draft_id)
        .where(DraftReview.reviewer_id == agent_id)
        .order_by(DraftReview.id)
    )
    return [
        {
            "module": row.slug,
            "decision": row.decision,
            "note": row.note,
            "decided_at": row.decided_at.isoformat(),
        }
        for row in rows
    ]


def erase_for(session: Session, agent_id: int) -> None:
    """Blank the remarks of an agent; texts and decisions stay, without a name."""
    session.execute(
        sa.update(DraftComment)
        .where(DraftComment.author_id == agent_id)
        .values(text="")
        .execution_options(synchronize_session=False)
    )
