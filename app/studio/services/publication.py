"""Publish an approved draft by the catalogue's own act, and follow publications made elsewhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue import services as catalogue
from app.catalogue.differences import Kind
from app.catalogue.services import Publication
from app.dialect.reading import Reading
from app.journal.services import Action, record
from app.studio.draft_states import DraftState
from app.studio.models import DraftFile, DraftRevision
from app.studio.services.drafts import find_latest_id, lock_open
from app.studio.services.reviewing import DraftChanged, check_not_own, digest_now, find_approval


class NotApproved(Exception):
    """The draft as it stands was not approved."""


class PublishedMeanwhile(Exception):
    """The module has a newer publication than the one that the draft came from."""


def publish_draft(
    session: Session,
    draft_id: int,
    reading: Reading,
    *,
    agent_id: int,
    kind: Kind | None,
    notes: str,
    now: datetime,
    address: str = "",
) -> Publication:
    """Publish a draft as it was read; its last author signs it, with who approved it.

    Raises a `app.catalogue.publishing.PublicationError` too.
    """
    draft = lock_open(session, draft_id)
    check_not_own(session, draft_id, agent_id)
    if digest_now(session, draft_id) != reading.sha256:
        raise DraftChanged
    approval = find_approval(session, draft, reading.sha256)
    if draft.state != DraftState.IN_REVIEW or approval is None:
        raise NotApproved
    if find_latest_id(session, draft.slug) != draft.base_version_id:
        raise PublishedMeanwhile
    done = catalogue.publish(
        session, reading, author_id=last_author(session, draft_id), now=now, notes=notes,
        kind=kind, address=address,
        room=catalogue.Room(reviewer_id=approval.reviewer_id, publisher_id=agent_id),
    )  # fmt: skip
    draft.state, draft.closed_at, draft.version_id = DraftState.PUBLISHED, now, done.version_id
    return done


def last_author(session: Session, draft_id: int) -> int:
    """Find who saved the last current revision of a draft."""
    return session.scalars(
        select(DraftRevision.author_id)
        .join(DraftFile, DraftFile.id == DraftRevision.file_id)
        .where(DraftFile.draft_id == draft_id, DraftRevision.is_aside.is_(False))
        .order_by(DraftRevision.id.desc())
        .limit(1)
    ).one()


def follow(
    session: Session, draft_id: int, *, version_id: int, agent_id: int, now: datetime
) -> None:
    """Compare a draft with the latest publication from now on; raise `DraftChanged` for another.

    What was approved beside the older one has to be approved again.
    """
    draft = lock_open(session, draft_id)
    if find_latest_id(session, draft.slug) != version_id:
        raise DraftChanged
    draft.base_version_id, draft.state = version_id, DraftState.WRITING
    record(
        session, Action.DRAFT_FOLLOWED, actor_id=agent_id, object_kind="draft",
        object_id=draft_id, at=now, slug=draft.slug,
    )  # fmt: skip
