"""The revisions of the texts of drafts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import Agent
from app.studio.models import DraftFile, DraftRevision
from app.studio.queries.drafts import named


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision, without its text."""

    id: int
    number: int
    base: int
    is_aside: bool
    author_id: int
    author: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionText:
    """A revision of a draft, with its text."""

    id: int
    path: str
    number: int
    base: int
    is_aside: bool
    author: str
    saved_at: datetime
    text: str | None


def list_revisions(session: Session, draft_id: int, path: str) -> list[RevisionRow]:
    """List the revisions of a text, the newest first."""
    rows = session.execute(
        select(
            DraftRevision.id, DraftRevision.number, DraftRevision.base, DraftRevision.is_aside,
            DraftRevision.author_id, named(), DraftRevision.saved_at,
        )
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .join(Agent, Agent.id == DraftRevision.author_id)
        .where(DraftFile.draft_id == draft_id, DraftFile.path == path)
        .order_by(DraftRevision.number.desc())
    )  # fmt: skip
    return [RevisionRow(*row) for row in rows]


def find_revision(session: Session, draft_id: int, revision_id: int) -> RevisionText | None:
    """Find a revision of a draft, with its text."""
    row = session.execute(
        select(
            DraftRevision.id, DraftFile.path, DraftRevision.number, DraftRevision.base,
            DraftRevision.is_aside, named(), DraftRevision.saved_at, DraftRevision.text,
        )
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .join(Agent, Agent.id == DraftRevision.author_id)
        .where(DraftFile.draft_id == draft_id, DraftRevision.id == revision_id)
    ).first()  # fmt: skip
    return RevisionText(*row) if row else None


def find_text(session: Session, file_id: int, number: int) -> str | None:
    """Find a text as a revision holds it."""
    return session.scalars(
        select(DraftRevision.text).where(
            DraftRevision.file_id == file_id, DraftRevision.number == number
        )
    ).first()


def find_first_text(session: Session, draft_id: int, path: str) -> str | None:
    """Find a text as it was when its draft began."""
    return session.scalars(
        select(DraftRevision.text)
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .where(DraftFile.draft_id == draft_id, DraftFile.path == path)
        .order_by(DraftRevision.number)
        .limit(1)
    ).first()
