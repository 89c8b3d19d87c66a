"""Modules, their immutable versions, media, learning paths and published pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Model, foreign_key, utc_now


class Module(Model):
    """A subject that agents learn; its versions hold the content."""

    __tablename__ = "module"
    append_only = frozenset({"delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    retired_at: Mapped[datetime | None]


class ModuleVersion(Model):
    """One publication of a module; the latest number is the one offered."""

    __tablename__ = "module_version"
    __table_args__ = (
        sa.UniqueConstraint("module_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint(
            "kind IN ('editorial', 'substantial', 'erratum')", name="kind_known"
        ),
    )  # fmt: skip
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = foreign_key("module.id")
    number: Mapped[int]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    """Digest of the canonical sources, banks and media."""
    title: Mapped[str]
    minutes: Mapped[int]
    audience: Mapped[list[str]] = mapped_column(sa.JSON)
    titles: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    """Title by language."""
    summaries: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    author_id: Mapped[int | None] = foreign_key("agent.id")
    reviewer_id: Mapped[int | None] = foreign_key("agent.id")
    """Who approved it in the trainers' room; what comes from files has none."""
    published_at: Mapped[datetime] = mapped_column(default=utc_now)
    notes: Mapped[str] = mapped_column(default="")
    # Last: SQLite goes through all that stands before a column to read it.
    sources: Mapped[dict[str, str]] = mapped_column(sa.JSON, deferred=True)
    """Text of each source file, by its path in the module's folder."""
    compiled: Mapped[dict[str, str]] = mapped_column(sa.JSON, deferred=True)
    """JSON text of the compiled module, by language (`app.dialect.compiled`)."""
    media: Mapped[dict[str, str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Digest of each media, by its path; None for a version older than they are kept."""
    written: Mapped[dict[str, str] | None] = mapped_column(
        sa.JSON(none_as_null=True), deferred=True
    )
    """Texts as they were written, where that is not how ``sources`` keeps them."""

    module: Mapped[Module] = relationship()


class Media(Model):
    """One file, by its digest."""

    __tablename__ = "media"
    append_only = frozenset({"update"})

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)


class HeldMedia(Model):
    """A media that no publication has yet: only those who write and review see it."""

    __tablename__ = "held_media"

    sha256: Mapped[str] = foreign_key("media.sha256", primary_key=True, index=False)


class LearningPath(Model):
    """An ordered set of modules for an audience, as ``parcours.yml`` proposes it."""

    __tablename__ = "learning_path"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    titles: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    audience: Mapped[list[str]] = mapped_column(sa.JSON)
    categories: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Bands of grades that it is for; empty for all."""
    module_slugs: Mapped[list[str]] = mapped_column(sa.JSON)
    delay_days: Mapped[int | None]
    validity_months: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    """Its rank in the file."""
    retired_at: Mapped[datetime | None]
    """Since when the file no longer has it; campaigns may still name it."""


class PublishedPage(Model):
    """A page of content outside the modules, such as « Que faire si… », rendered once."""

    __tablename__ = "published_page"

    slug: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    sections: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """``{"id", "title", "html"}`` in order."""
    published_at: Mapped[datetime] = mapped_column(default=utc_now)
