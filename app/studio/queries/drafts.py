"""Drafts, their texts as they stand, who wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.people.models import Agent
from app.studio.draft_states import DraftState
from app.studio.models import Draft, DraftFile, DraftMedia, DraftMediaChange, DraftRevision

MOST_WITHDRAWN = 50
"""Drafts given up that a page lists."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft and who began it."""

    id: int
    slug: str
    state: str
    base_version_id: int | None
    version_id: int | None
    created_at: datetime
    closed_at: datetime | None
    author: str
    saved_at: datetime
    """When somebody last wrote in it."""

    @property
    def is_open(self) -> bool:
        """Tell whether it may still change."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of a draft in its current revision."""

    path: str
    file_id: int
    revision_id: int
    number: int
    saved_at: datetime
    author_id: int
    author: str
    text: str | None
    """None where it was taken out of the module."""


def named(person: type[Agent] = Agent) -> ColumnElement[str]:
    """Write the name of an agent as pages do."""
    return person.given_name + " " + person.family_name


def find_draft(session: Session, draft_id: int) -> DraftRow | None:
    """Find a draft by its id."""
    return next(iter(read_drafts(session, Draft.id == draft_id)), None)


def find_open_draft(session: Session, slug: str) -> DraftRow | None:
    """Find the open draft of a module."""
    condition = (Draft.slug == slug) & Draft.closed_at.is_(None)
    return next(iter(read_drafts(session, condition)), None)


def list_open_drafts(session: Session) -> list[DraftRow]:
    """List the drafts that may still change, by the name of their module."""
    return read_drafts(session, Draft.closed_at.is_(None))


def list_withdrawn_drafts(session: Session) -> list[DraftRow]:
    """List the drafts that were given up last, the latest first."""
    withdrawn = read_drafts(session, Draft.state == DraftState.WITHDRAWN)
    return sorted(withdrawn, key=lambda one: one.id, reverse=True)[:MOST_WITHDRAWN]


def read_drafts(session: Session, condition: ColumnElement[bool]) -> list[DraftRow]:
    """Read the drafts that meet a condition, by the name of their module."""
    saved = (
        select(func.max(DraftRevision.saved_at))
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .where(DraftFile.draft_id == Draft.id)
        .correlate(Draft)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Draft.id, Draft.slug, Draft.state, Draft.base_version_id, Draft.version_id,
            Draft.created_at, Draft.closed_at, named(), func.coalesce(saved, Draft.created_at),
        )
        .join(Agent, Agent.id == Draft.created_by_id)
        .where(condition)
        .order_by(Draft.slug, Draft.id)
    )  # fmt: skip
    return [DraftRow(*row) for row in rows]


def is_current() -> ColumnElement[bool]:
    """Match the current revision of each text."""
    later = DraftRevision.__table__.alias("later")
    highest = (
        select(func.max(later.c.number))
        .where(later.c.file_id == DraftFile.id, later.c.is_aside.is_(False))
        .correlate(DraftFile)
        .scalar_subquery()
    )
    return DraftRevision.number == highest


def list_texts(session: Session, draft_id: int) -> list[TextRow]:
    """List the texts of a draft in their current revisions, those taken out included, by path."""
    rows = session.execute(
        select(
            DraftFile.path, DraftFile.id, DraftRevision.id, DraftRevision.number,
            DraftRevision.saved_at, DraftRevision.author_id, named(), DraftRevision.text,
        )
        .join(DraftRevision, DraftRevision.file_id == DraftFile.id)
        .join(Agent, Agent.id == DraftRevision.author_id)
        .where(DraftFile.draft_id == draft_id, is_current())
        .order_by(DraftFile.path)
    )  # fmt: skip
    return [TextRow(*row) for row in rows]


def list_media(session: Session, draft_id: int) -> dict[str, str]:
    """Map the media of a draft to their digests, by path."""
    rows = session.execute(
        select(DraftMedia.path, DraftMedia.sha256)
        .where(DraftMedia.draft_id == draft_id)
        .order_by(DraftMedia.path)
    )
    return {row.path: row.sha256 for row in rows}


def list_authors(session: Session, draft_id: int) -> frozenset[int]:
    """List who wrote a revision of a draft, kept aside or not, or changed its media."""
    wrote = (
        select(DraftRevision.author_id)
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .where(DraftFile.draft_id == draft_id)
    )
    changed = select(DraftMediaChange.author_id).where(DraftMediaChange.draft_id == draft_id)
    return frozenset(session.scalars(wrote.union(changed)))
