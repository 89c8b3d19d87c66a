"""The journal: entries that stay, details that may be erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, foreign_key, utc_now


class JournalEntry(Model):
    """Who did what to what, when: opaque ids and closed codes only."""

    __tablename__ = "journal_entry"
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
    actor_id: Mapped[int | None] = foreign_key("agent.id")
    action: Mapped[str] = mapped_column(index=True)
    object_kind: Mapped[str] = mapped_column(default="")
    object_id: Mapped[str] = mapped_column(default="")
    detail_digest: Mapped[str] = mapped_column(default="")
    """Salted SHA-256 of the detail, so that an erased detail can still be recognised."""


class JournalDetail(Model):
    """The address and the text of an entry: personal, hence erasable."""

    __tablename__ = "journal_detail"
    append_only = frozenset({"update"})

    entry_id: Mapped[int] = foreign_key("journal_entry.id", primary_key=True, index=False)
    salt: Mapped[str]
    address: Mapped[str]
    text: Mapped[str]
