"""Issue, keep and revoke certificates."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import ModuleVersion
from app.certificates.models import Certificate, CertificateEvent, CertificatePdf
from app.certificates.naming import printable
from app.certificates.queries import StoredPdf
from app.certificates.serials import make_serial
from app.certificates.states import EventKind
from app.journal.services import Action, record
from app.learning.models import Attempt, Completion
from app.people.models import Agent

LANGUAGES = ("fr", "en")
"""Those in which the document is written."""


class AlreadyRevokedError(Exception):
    """The certificate was revoked before."""


def issue(
    session: Session, completion: Completion, *, organisation: str, now: datetime
) -> Certificate:
    """Certify a completion, in its transaction; a completion has one certificate, ever."""
    issued = session.scalars(
        sa.select(Certificate).where(Certificate.completion_id == completion.id)
    ).one_or_none()
    if issued is not None:
        return issued
    certificate = describe(session, completion)
    certificate.organisation = printable(organisation)
    certificate.serial = make_serial()
    certificate.issued_at = now
    session.add(certificate)
    session.flush()  # Its event and its entry in the journal name its id.
    session.add(CertificateEvent(certificate_id=certificate.id, kind=EventKind.ISSUED, at=now))
    record(
        session,
        Action.CERTIFICATE_ISSUED,
        actor_id=completion.agent_id,
        object_kind="certificate",
        object_id=certificate.id,
    )
    replace_earlier(session, completion, now=now)
    return certificate


def describe(session: Session, completion: Completion) -> Certificate:
    """Freeze what a completion's certificate says of its holder and its module."""
    holder = session.execute(
        sa.select(Agent.given_name, Agent.family_name, Agent.language).where(
            Agent.id == completion.agent_id
        )
    ).one()
    version = session.get_one(ModuleVersion, completion.version_id)
    sat_in = session.scalar(sa.select(Attempt.language).where(Attempt.id == completion.attempt_id))
    language = next((code for code in (sat_in, holder.language) if code in LANGUAGES), LANGUAGES[0])
    return Certificate(
        completion_id=completion.id,
        holder_name=printable(f"{holder.given_name} {holder.family_name}"),
        module_slug=version.module.slug,
        module_title=printable(version.titles.get(language) or version.title),
        version_number=version.number,
        version_sha256=version.sha256,
        minutes=version.minutes,
        language=language,
        completed_at=completion.completed_at,
        valid_until=completion.valid_until,
    )


def replace_earlier(session: Session, completion: Completion, *, now: datetime) -> None:
    """Note on the certificates of the earlier cycles that a later one stands in their place."""
    closed = sa.select(CertificateEvent.certificate_id).where(
        CertificateEvent.kind != EventKind.ISSUED
    )
    earlier = session.scalars(
        sa.select(Certificate.id)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(
            Completion.agent_id == completion.agent_id,
            Completion.module_id == completion.module_id,
            Completion.cycle < completion.cycle,
            Certificate.id.not_in(closed),
        )
    )
    for certificate_id in earlier.all():
        session.add(
            CertificateEvent(certificate_id=certificate_id, kind=EventKind.REPLACED, at=now)
        )


def keep_pdf(
    session: Session, *, certificate_id: int, content: bytes, now: datetime
) -> StoredPdf | None:
    """Keep a document unless one is kept already, and return the kept one.

    None when the holder was erased while the document was being made.
    """
    # The lock makes an erasure come wholly before or wholly after.
    holder = session.scalar(
        sa.select(Certificate.holder_name).where(Certificate.id == certificate_id).with_for_update()
    )
    if not holder:
        return None
    kept = session.execute(
        sa.select(CertificatePdf.sha256, CertificatePdf.content).where(
            CertificatePdf.certificate_id == certificate_id
        )
    ).one_or_none()
    if kept is not None:
        return StoredPdf(*kept)
    sha256 = hashlib.sha256(content).hexdigest()
    session.add(
        CertificatePdf(certificate_id=certificate_id, sha256=sha256, content=content, made_at=now)
    )
    return StoredPdf(sha256, content)


def revoke(
    session: Session, *, certificate_id: int, actor_id: int, reason: str, now: datetime
) -> None:
    """Revoke a certificate for a stated reason; raises `AlreadyRevokedError` the second time."""
    session.execute(
        sa.select(Certificate.id).where(Certificate.id == certificate_id).with_for_update()
    ).one()
    if is_revoked(session, certificate_id):
        raise AlreadyRevokedError
    session.add(
        CertificateEvent(
            certificate_id=certificate_id,
            kind=EventKind.REVOKED,
            at=now,
            actor_id=actor_id,
            reason=reason,
        )
    )
    record(
        session,
        Action.CERTIFICATE_REVOKED,
        actor_id=actor_id,
        object_kind="certificate",
        object_id=certificate_id,
    )


def is_revoked(session: Session, certificate_id: int) -> bool:
    """Tell whether a certificate was revoked."""
    revocation = sa.select(CertificateEvent.id).where(
        CertificateEvent.certificate_id == certificate_id,
        CertificateEvent.kind == EventKind.REVOKED,
    )
    return session.scalar(sa.select(revocation.exists())) is True
