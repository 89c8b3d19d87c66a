"""Put media in a draft, take them out, put them back: nothing that came in is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import HeldMedia, Media
from app.dialect.media.cleaning.refusals import Reason, Refused
from app.dialect.media.companions import stem
from app.dialect.media.kinds import TEXTS, content_type, kind_of
from app.studio.media_names import name_media
from app.studio.models import DraftMedia, DraftMediaChange
from app.studio.queries.drafts import list_media
from app.studio.queries.media import count_bytes
from app.studio.services.drafts import lock_open

MOST_BYTES = 64_000_000
"""Of all that ever came into a draft."""
MOST_MEDIA = 200
"""Media that a draft may hold."""


class NoSuchMedia(Exception):
    """The draft does not hold it, or never did."""


@dataclass(frozen=True, slots=True)
class Added:
    """A file to put in a draft, as it is kept."""

    content: bytes
    ending: str
    description: str = ""
    sent: str = ""
    """The name under which it was sent."""
    beside: str | None = None
    """Path of the film or sound that it goes with; empty for the first file of the same sending."""

    @property
    def sha256(self) -> str:
        """Give the digest by which it is kept."""
        return hashlib.sha256(self.content).hexdigest()


def add_media(
    session: Session, draft_id: int, files: Sequence[Added], *, agent_id: int, now: datetime
) -> list[str]:
    """Put files in a draft, all or none; return their paths.

    The same file again is the one that is there. Raises `DraftClosed`, and `Refused` where the
    draft holds as much as it may.
    """
    lock_open(session, draft_id)
    held = list_media(session, draft_id)
    paths: list[str] = []
    for one in files:
        path = path_of(one, held, paths)
        paths.append(path)
        if held.get(path) != one.sha256:
            keep(session, path, one)
            change(
                session, draft_id, path, one.sha256, description=one.description,
                agent_id=agent_id, now=now,
            )  # fmt: skip
            held[path] = one.sha256
    session.flush()
    if len(held) > MOST_MEDIA or count_bytes(session, draft_id) > MOST_BYTES:
        raise Refused(Reason.TOTAL)
    return paths


def path_of(one: Added, held: dict[str, str], before: Sequence[str]) -> str:
    """Give the path under which a file is kept."""
    if one.beside is not None:
        return stem(one.beside or before[0]) + one.ending
    return find_same(one, held) or name_media(one.sent, one.ending, held)


def find_same(one: Added, held: dict[str, str]) -> str | None:
    """Find the same picture, film or sound, already there."""
    same = (path for path, sha256 in held.items() if sha256 == one.sha256)
    return next((path for path in same if kind_of(path) not in TEXTS), None)


def keep(session: Session, path: str, one: Added) -> None:
    """Keep a file that the platform does not have yet; agents see it once it is published."""
    if session.scalar(select(Media.sha256).where(Media.sha256 == one.sha256)) is not None:
        return
    kind = content_type(path)
    assert kind is not None  # Our own names say a type.
    session.add(
        Media(sha256=one.sha256, content_type=kind, size=len(one.content), content=one.content)
    )
    session.flush()  # What follows names it.
    session.add(HeldMedia(sha256=one.sha256))


def change(
    session: Session,
    draft_id: int,
    path: str,
    sha256: str | None,
    *,
    description: str,
    agent_id: int,
    now: datetime,
) -> None:
    """Note what a path holds from now on; None for nothing."""
    row = session.get(DraftMedia, (draft_id, path))
    if row is not None and not was_noted(session, draft_id, path, row.sha256):
        note = DraftMediaChange(  # It came with a publication.
            draft_id=draft_id, path=path, sha256=row.sha256, description="", author_id=agent_id,
            changed_at=now,
        )  # fmt: skip
        session.add(note)
        session.flush()  # In their order.
    if sha256 is None:
        session.delete(row)
    elif row is None:
        session.add(DraftMedia(draft_id=draft_id, path=path, sha256=sha256))
    else:
        row.sha256 = sha256
    session.add(
        DraftMediaChange(
            draft_id=draft_id, path=path, sha256=sha256, description=description,
            author_id=agent_id, changed_at=now,
        )
    )  # fmt: skip


def remove_media(
    session: Session, draft_id: int, path: str, *, agent_id: int, now: datetime
) -> None:
    """Take a media out of a draft, which keeps it aside; raise `NoSuchMedia`, `DraftClosed`."""
    lock_open(session, draft_id)
    held = session.get(DraftMedia, (draft_id, path))
    if held is None:
        if was_noted(session, draft_id, path):
            return  # Somebody else has just taken it out.
        raise NoSuchMedia
    change(session, draft_id, path, None, description="", agent_id=agent_id, now=now)


def was_noted(session: Session, draft_id: int, path: str, sha256: str | None = None) -> bool:
    """Tell whether a path, or this file under it, is among what came into a draft."""
    known = select(DraftMediaChange.id).where(
        DraftMediaChange.draft_id == draft_id, DraftMediaChange.path == path
    )
    if sha256 is not None:
        known = known.where(DraftMediaChange.sha256 == sha256)
    return session.scalar(known.limit(1)) is not None


def put_back(
    session: Session, draft_id: int, change_id: int, *, agent_id: int, now: datetime
) -> None:
    """Put back a media as it once was in a draft; raise `NoSuchMedia`, `DraftClosed`."""
    lock_open(session, draft_id)
    former = session.get(DraftMediaChange, change_id)
    if former is None or former.draft_id != draft_id or former.sha256 is None:
        raise NoSuchMedia
    change(
        session, draft_id, former.path, former.sha256, description=former.description,
        agent_id=agent_id, now=now,
    )  # fmt: skip
