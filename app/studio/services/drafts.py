"""Begin drafts, new or from a publication, withdraw them, open them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.journal.services import Action, record
from app.studio.draft_states import OPEN, DraftState
from app.studio.draft_texts import digest_of_module, digest_of_text
from app.studio.models import Draft, DraftFile, DraftMedia, DraftRevision


class DraftExists(Exception):
    """The module already has an open draft: that one is to be gone on with."""

    def __init__(self, draft_id: int) -> None:
        super().__init__(draft_id)
        self.draft_id = draft_id


class SlugTaken(Exception):
    """A module was published under this name: it is to be opened rather than begun."""


class MediaUnknown(Exception):
    """The publication is older than the names of its media are kept."""


class DraftClosed(Exception):
    """The draft was published or withdrawn meanwhile."""


class NotWithdrawn(Exception):
    """The draft is open already, or was published."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a draft begins with: nothing but texts for a new module, else a publication."""

    slug: str
    texts: Mapping[str, str]
    media: Mapping[str, str] = field(default_factory=dict)
    base_version_id: int | None = None


def begin(
    session: Session, slug: str, texts: Mapping[str, str], *, agent_id: int, now: datetime
) -> int:
    """Begin a module that does not exist yet, with these texts; return the draft."""
    if session.scalar(select(Module.id).where(Module.slug == slug)) is not None:
        raise SlugTaken
    return make_draft(session, Beginning(slug, texts), agent_id=agent_id, now=now)


def open_version(session: Session, version_id: int, *, agent_id: int, now: datetime) -> int:
    """Begin a draft with the texts and media of a publication; return the draft.

    From an older one it is compared with the latest all the same: it would come after it.
    """
    row = session.execute(
        select(ModuleVersion.sources, ModuleVersion.media, ModuleVersion.sha256, Module.slug)
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(ModuleVersion.id == version_id)
    ).one()
    media = row.media or {}
    if digest_of_module(row.sources, media) != row.sha256:
        raise MediaUnknown
    latest_id = find_latest_id(session, row.slug)
    beginning = Beginning(row.slug, row.sources, media, latest_id)
    return make_draft(session, beginning, agent_id=agent_id, now=now)


def find_latest_id(session: Session, slug: str) -> int | None:
    """Find the latest publication of a module."""
    return session.scalar(
        select(ModuleVersion.id)
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(Module.slug == slug)
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )


def make_draft(session: Session, beginning: Beginning, *, agent_id: int, now: datetime) -> int:
    """Make the rows of a draft, unless the module has an open one."""
    slug = beginning.slug
    refuse_a_second(session, slug)
    draft = Draft(
        slug=slug, state=DraftState.WRITING, base_version_id=beginning.base_version_id,
        created_by_id=agent_id, created_at=now,
    )  # fmt: skip
    session.add(draft)
    session.flush()  # Of two who begin at once, the second waits here, then finds the first's.
    for path, text in sorted(beginning.texts.items()):
        add_file(session, draft.id, path, text, agent_id=agent_id, now=now)
    session.add_all(
        DraftMedia(draft_id=draft.id, path=path, sha256=sha256)
        for path, sha256 in beginning.media.items()
    )
    record(
        session, Action.DRAFT_BEGUN, actor_id=agent_id, object_kind="draft", object_id=draft.id,
        at=now, slug=slug,
    )  # fmt: skip
    return draft.id


def refuse_a_second(session: Session, slug: str) -> None:
    """Raise `DraftExists` where the module has an open draft."""
    known = session.scalar(select(Draft.id).where(Draft.slug == slug, Draft.closed_at.is_(None)))
    if known is not None:
        raise DraftExists(known)


def add_file(
    session: Session, draft_id: int, path: str, text: str, *, agent_id: int, now: datetime
) -> None:
    """Add a text to a draft, in its first revision."""
    file = DraftFile(draft_id=draft_id, path=path)
    session.add(file)
    session.flush()  # The revision names it.
    session.add(
        DraftRevision(
            file_id=file.id, number=1, base=0, is_aside=False, author_id=agent_id, saved_at=now,
            page="", sha256=digest_of_text(text), text=text,
        )
    )  # fmt: skip


def lock_open(session: Session, draft_id: int) -> Draft:
    """Return a draft kept from others until the end; raise `DraftClosed` once it is over."""
    draft = session.get_one(Draft, draft_id, with_for_update=True)
    if draft.state not in OPEN:
        raise DraftClosed
    return draft


def withdraw(session: Session, draft_id: int, *, agent_id: int, now: datetime) -> None:
    """Give a draft up: its texts stay readable, and another draft may be begun."""
    draft = lock_open(session, draft_id)
    draft.state, draft.closed_at = DraftState.WITHDRAWN, now
    record(
        session, Action.DRAFT_WITHDRAWN, actor_id=agent_id, object_kind="draft",
        object_id=draft_id, at=now, slug=draft.slug,
    )  # fmt: skip


def reopen(session: Session, draft_id: int, *, agent_id: int, now: datetime) -> None:
    """Open a draft that was given up, as it was; its module may have no other open one."""
    draft = session.get_one(Draft, draft_id, with_for_update=True)
    if draft.state != DraftState.WITHDRAWN:
        raise NotWithdrawn
    refuse_a_second(session, draft.slug)
    draft.state, draft.closed_at = DraftState.WRITING, None
    session.flush()  # Whoever begins another at once waits here, or makes this one wait.
    record(
        session, Action.DRAFT_REOPENED, actor_id=agent_id, object_kind="draft",
        object_id=draft_id, at=now, slug=draft.slug,
    )  # fmt: skip
