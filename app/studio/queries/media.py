"""The media of drafts: what is there, what was taken out, how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalogue.models import Media
from app.people.models import Agent
from app.studio.models import DraftMedia, DraftMediaChange
from app.studio.queries.drafts import named


@dataclass(frozen=True, slots=True)
class MediaRow:
    """A media of a draft."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A media that came into a draft or was taken out, and by whom."""

    id: int
    path: str
    sha256: str | None
    description: str
    author: str
    changed_at: datetime


def list_media_rows(session: Session, draft_id: int) -> list[MediaRow]:
    """List the media of a draft, by path."""
    rows = session.execute(
        select(DraftMedia.path, DraftMedia.sha256, Media.size)
        .join(Media, Media.sha256 == DraftMedia.sha256)
        .where(DraftMedia.draft_id == draft_id)
        .order_by(DraftMedia.path)
    )
    return [MediaRow(*row) for row in rows]


def list_media_changes(session: Session, draft_id: int) -> list[ChangeRow]:
    """List what came into a draft and was taken out, the newest first."""
    rows = session.execute(
        select(
            DraftMediaChange.id, DraftMediaChange.path, DraftMediaChange.sha256,
            DraftMediaChange.description, named(), DraftMediaChange.changed_at,
        )
        .join(Agent, Agent.id == DraftMediaChange.author_id)
        .where(DraftMediaChange.draft_id == draft_id)
        .order_by(DraftMediaChange.id.desc())
    )  # fmt: skip
    return [ChangeRow(*row) for row in rows]


def count_bytes(session: Session, draft_id: int) -> int:
    """Count the bytes of all that ever came into a draft, each file once."""
    kept = select(DraftMediaChange.sha256).where(DraftMediaChange.draft_id == draft_id)
    return session.scalar(select(func.sum(Media.size)).where(Media.sha256.in_(kept))) or 0
