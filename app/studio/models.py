"""Drafts: their texts, whose revisions are all kept, the comments on them and their reviews."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, foreign_key, one_of, utc_now
from app.studio.draft_states import Decision, DraftState

STILL_OPEN = sa.text("closed_at IS NULL")


class Draft(Model):
    """A module being written or changed; a module has one open draft at most."""

    __tablename__ = "draft"
    __table_args__ = (
        one_of("state", DraftState),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state IN ('writing', 'in_review'))", name="closed_when_over"
        ),
        sa.Index(
            "uq_draft_open", "slug", unique=True,
            sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    state: Mapped[str] = mapped_column(default=DraftState.WRITING)
    base_version_id: Mapped[int | None] = foreign_key("module_version.id")
    """The publication from which its texts came; None for a new module."""
    created_by_id: Mapped[int] = foreign_key("agent.id")
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]
    version_id: Mapped[int | None] = foreign_key("module_version.id")
    """The publication that it became."""


class DraftFile(Model):
    """A text of a draft, by its path in the module's folder."""

    __tablename__ = "draft_file"
    __table_args__ = (sa.UniqueConstraint("draft_id", "path"),)
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = foreign_key("draft.id", index=False)
    path: Mapped[str]


class DraftRevision(Model):
    """A text as it was saved once; the current one is the highest number not set aside."""

    __tablename__ = "draft_revision"
    __table_args__ = (sa.UniqueConstraint("file_id", "number"),)
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = foreign_key("draft_file.id", index=False)
    number: Mapped[int]
    base: Mapped[int]
    """Number of the revision on which it was written; 0 for the first."""
    is_aside: Mapped[bool]
    """Whether somebody else had saved meanwhile: kept, not current."""
    author_id: Mapped[int] = foreign_key("agent.id")
    saved_at: Mapped[datetime]
    page: Mapped[str]
    """Opaque mark of the page that sent it: it may go on from its own lost acknowledgement."""
    sha256: Mapped[str]
    text: Mapped[str | None] = mapped_column(deferred=True)
    """With LF line ends and in NFC; None where the text was taken out of the module."""


class DraftMedia(Model):
    """A media of a draft, by its path in the module's folder."""

    __tablename__ = "draft_media"

    draft_id: Mapped[int] = foreign_key("draft.id", primary_key=True, index=False)
    path: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = foreign_key("media.sha256")


class DraftMediaChange(Model):
    """A media that came into a draft once, or was taken out of it."""

    __tablename__ = "draft_media_change"
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = foreign_key("draft.id")
    path: Mapped[str]
    sha256: Mapped[str | None] = foreign_key("media.sha256")
    """None where it was taken out."""
    description: Mapped[str]
    """The words that stand for a picture, or that name a film: what a text is given to use."""
    author_id: Mapped[int] = foreign_key("agent.id")
    changed_at: Mapped[datetime]


class DraftComment(Model):
    """A remark about a line, which it quotes so that it can follow it."""

    __tablename__ = "draft_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = foreign_key("draft.id")
    path: Mapped[str]
    line: Mapped[int]
    """Where the line stood when the remark was made."""
    quote: Mapped[str]
    text: Mapped[str]
    author_id: Mapped[int] = foreign_key("agent.id")
    written_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = foreign_key("agent.id")


class DraftReview(Model):
    """What a reviewer said of a draft in one state of its texts."""

    __tablename__ = "draft_review"
    __table_args__ = (one_of("decision", Decision),)
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = foreign_key("draft.id")
    reviewer_id: Mapped[int] = foreign_key("agent.id")
    decision: Mapped[str]
    sha256: Mapped[str]
    """Digest of the texts and media that were reviewed."""
    base_version_id: Mapped[int | None] = foreign_key("module_version.id")
    """The publication beside which they were reviewed."""
    note: Mapped[str]
    decided_at: Mapped[datetime]
