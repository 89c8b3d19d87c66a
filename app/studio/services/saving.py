"""Save a text: always kept, and never over what somebody else saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.studio.draft_texts import digest_of_text
from app.studio.models import DraftFile, DraftRevision
from app.studio.services.drafts import add_file, lock_open


class FileExists(Exception):
    """The draft already has a text under this path."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was sent."""

    revision_id: int
    number: int
    saved_at: datetime
    is_aside: bool
    """Whether it was kept aside, because somebody else had saved."""


def save_text(
    session: Session,
    draft_id: int,
    path: str,
    text: str | None,
    *,
    base: int,
    agent_id: int,
    now: datetime,
    page: str = "",
) -> Saved:
    """Save a text written on the revision ``base``; kept aside where that is not the current one.

    ``text`` is None to take it out of the module. Raises `DraftClosed`.
    """
    lock_open(session, draft_id)
    file_id = session.scalars(
        select(DraftFile.id).where(DraftFile.draft_id == draft_id, DraftFile.path == path)
    ).one()
    current = get_current(session, file_id)
    sha256 = digest_of_text(text)
    if sha256 == current.sha256:  # Sent again after its acknowledgement was lost, or unchanged.
        return as_saved(current)
    is_aside = base != current.number and not went_on(session, file_id, base, page)
    if is_aside:
        kept = find_aside(session, file_id, base, agent_id)
        if kept is not None and kept.sha256 == sha256:
            return as_saved(kept)
    highest = session.scalars(
        select(func.max(DraftRevision.number)).where(DraftRevision.file_id == file_id)
    ).one()
    revision = DraftRevision(
        file_id=file_id, number=highest + 1, base=base, is_aside=is_aside, author_id=agent_id,
        saved_at=now, page=page, sha256=sha256, text=text,
    )  # fmt: skip
    session.add(revision)
    session.flush()  # Of two who save at once, the second starts again and finds the first's.
    return as_saved(revision)


def select_revisions(file_id: int) -> Select[DraftRevision]:
    """Select the revisions of a text, the newest first."""
    return (
        select(DraftRevision)
        .where(DraftRevision.file_id == file_id)
        .order_by(DraftRevision.number.desc())
    )


def get_current(session: Session, file_id: int) -> DraftRevision:
    """Return the current revision of a text."""
    current = select_revisions(file_id).where(DraftRevision.is_aside.is_(False)).limit(1)
    return session.execute(current).scalar_one()


def went_on(session: Session, file_id: int, base: int, page: str) -> bool:
    """Tell whether all that was saved since ``base`` came from the same page of one trainer."""
    if not page:
        return False
    pages = session.scalars(
        select(DraftRevision.page)
        .where(
            DraftRevision.file_id == file_id,
            DraftRevision.number > base,
            DraftRevision.is_aside.is_(False),
        )
        .distinct()
    ).all()
    return pages == [page]


def find_aside(session: Session, file_id: int, base: int, agent_id: int) -> DraftRevision | None:
    """Find what a trainer last had kept aside, written on the same revision."""
    return session.scalars(
        select_revisions(file_id)
        .where(
            DraftRevision.is_aside.is_(True),
            DraftRevision.base == base,
            DraftRevision.author_id == agent_id,
        )
        .limit(1)
    ).first()


def as_saved(revision: DraftRevision) -> Saved:
    """Tell what became of a revision."""
    return Saved(revision.id, revision.number, revision.saved_at, revision.is_aside)


def add_text(
    session: Session, draft_id: int, path: str, text: str, *, agent_id: int, now: datetime
) -> None:
    """Add a text to a draft: a translation or a bank; one that was taken out comes back."""
    lock_open(session, draft_id)
    known = session.execute(
        select(DraftFile.id).where(DraftFile.draft_id == draft_id, DraftFile.path == path)
    ).first()
    if known is None:
        add_file(session, draft_id, path, text, agent_id=agent_id, now=now)
        return
    current = get_current(session, known.id)
    if current.sha256:
        raise FileExists
    save_text(session, draft_id, path, text, base=current.number, agent_id=agent_id, now=now)
