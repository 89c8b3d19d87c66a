"""Reads about certificates; none gives one to somebody who may not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.certificates.models import Certificate, CertificateEvent, CertificatePdf
from app.certificates.states import EventKind, Standing, standing_of
from app.learning.models import Completion


@dataclass(frozen=True, slots=True)
class Facts:
    """A certificate as it was recorded, and what happened to it since."""

    id: int
    serial: str
    holder_name: str
    """As printed; empty once the person was erased."""
    module_slug: str
    module_title: str
    version_number: int
    version_sha256: str
    minutes: int
    language: str
    organisation: str
    completed_at: datetime
    valid_until: date | None
    issued_at: datetime
    by_equivalence: bool
    revoked_at: datetime | None
    replaced_at: datetime | None
    revocation_reason: str | None
    """For the holder and administrators: the public page has no place for it."""

    def standing(self, today: date) -> Standing:
        """Tell what the certificate is worth on that day."""
        return standing_of(
            revoked_at=self.revoked_at,
            replaced_at=self.replaced_at,
            valid_until=self.valid_until,
            today=today,
        )


@dataclass(frozen=True, slots=True)
class StoredPdf:
    """A document as it is served."""

    sha256: str
    content: bytes


def moment_of(kind: EventKind) -> sa.ScalarSelect[datetime]:
    """Select the first time that something happened to the certificate of the row."""
    return (
        sa.select(sa.func.min(CertificateEvent.at))
        .where(CertificateEvent.certificate_id == Certificate.id, CertificateEvent.kind == kind)
        .correlate(Certificate)
        .scalar_subquery()
    )


REASON = (
    sa.select(CertificateEvent.reason)
    .where(
        CertificateEvent.certificate_id == Certificate.id,
        CertificateEvent.kind == EventKind.REVOKED,
    )
    .order_by(CertificateEvent.id)
    .limit(1)
    .correlate(Certificate)
    .scalar_subquery()
)
FACTS: tuple[Any, ...] = (
    Certificate.id,
    Certificate.serial,
    Certificate.holder_name,
    Certificate.module_slug,
    Certificate.module_title,
    Certificate.version_number,
    Certificate.version_sha256,
    Certificate.minutes,
    Certificate.language,
    Certificate.organisation,
    Certificate.completed_at,
    Certificate.valid_until,
    Certificate.issued_at,
    Completion.attempt_id.is_(None),
    moment_of(EventKind.REVOKED),
    moment_of(EventKind.REPLACED),
    REASON,
)


def select_facts(*more: Any) -> sa.Select[Any]:
    """Select what makes a `Facts`, then the columns asked for."""
    return (
        sa.select(*FACTS, *more)
        .select_from(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
    )


def find_certificate(session: Session, *, serial: str) -> Facts | None:
    """Find a certificate by its public number, for whoever holds that number."""
    row = session.execute(select_facts().where(Certificate.serial == serial)).one_or_none()
    return Facts(*row) if row else None


def find_within(session: Session, *, serial: str, paths: Sequence[str]) -> Facts | None:
    """Find a certificate earned in a unit under one of these paths."""
    within = sa.or_(
        sa.false(), *(Completion.unit_path.startswith(path, autoescape=True) for path in paths)
    )
    row = session.execute(select_facts().where(Certificate.serial == serial, within)).one_or_none()
    return Facts(*row) if row else None


def find_own(
    session: Session, *, serial: str, agent_id: int
) -> tuple[Facts, StoredPdf | None] | None:
    """Find a certificate by its holder, with its document once it was made."""
    row = session.execute(
        select_facts(CertificatePdf.sha256, CertificatePdf.content)
        .outerjoin(CertificatePdf, CertificatePdf.certificate_id == Certificate.id)
        .where(Certificate.serial == serial, Completion.agent_id == agent_id)
    ).one_or_none()
    if row is None:
        return None
    *facts, sha256, content = row
    return Facts(*facts), StoredPdf(sha256, content) if sha256 else None


@cache
def select_own(limit: int | None) -> sa.Select[Any]:
    """Select an agent's certificates; made once, for it stands on every first page."""
    return (
        select_facts()
        .where(Completion.agent_id == sa.bindparam("agent_id"))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
        .limit(limit)
    )


def list_own(session: Session, *, agent_id: int, limit: int | None = None) -> list[Facts]:
    """List an agent's certificates, the latest first."""
    rows = session.execute(select_own(limit), {"agent_id": agent_id})
    return [Facts(*row) for row in rows]
