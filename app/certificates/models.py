"""The credential, its PDF and what happened to it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Model, foreign_key, utc_now
from app.learning.models import Completion


class Certificate(Model):
    """What is certified, frozen in the transaction of the completion."""

    __tablename__ = "certificate"
    append_only = frozenset({"update", "delete"})
    may_change = ("holder_name",)

    id: Mapped[int] = mapped_column(primary_key=True)
    completion_id: Mapped[int] = foreign_key("completion.id", unique=True, index=False)
    serial: Mapped[str] = mapped_column(unique=True)
    """128 random bits, in Crockford's base 32: 26 characters."""
    holder_name: Mapped[str]
    """As printed; blanked by an erasure, the only update."""
    module_slug: Mapped[str]
    module_title: Mapped[str]
    version_number: Mapped[int]
    version_sha256: Mapped[str]
    minutes: Mapped[int]
    language: Mapped[str]
    organisation: Mapped[str]
    completed_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    issued_at: Mapped[datetime] = mapped_column(default=utc_now)

    completion: Mapped[Completion] = relationship()


class CertificatePdf(Model):
    """The document, made once after the commit and served from then on."""

    __tablename__ = "certificate_pdf"
    append_only = frozenset({"update"})

    certificate_id: Mapped[int] = foreign_key("certificate.id", primary_key=True, index=False)
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class CertificateEvent(Model):
    """Issued, revoked or replaced, with the reason."""

    __tablename__ = "certificate_event"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('issued', 'revoked', 'replaced')", name="kind_known"),
    )
    append_only = frozenset({"update", "delete"})

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = foreign_key("certificate.id")
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    actor_id: Mapped[int | None] = foreign_key("agent.id")
    reason: Mapped[str] = mapped_column(default="")
