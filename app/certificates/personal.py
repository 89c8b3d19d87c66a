"""What certificates hold about an agent: how it is given, how it is erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.certificates.models import Certificate, CertificateEvent, CertificatePdf
from app.learning.models import Completion


def export_for(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List an agent's certificates and what happened to each, oldest first."""
    events = list_events(session, agent_id)
    certificates = session.scalars(of_agent(sa.select(Certificate), agent_id))
    return [
        {
            "serial": certificate.serial,
            "holder_name": certificate.holder_name,
            "module": certificate.module_slug,
            "module_title": certificate.module_title,
            "version_number": certificate.version_number,
            "version_sha256": certificate.version_sha256,
            "minutes": certificate.minutes,
            "language": certificate.language,
            "organisation": certificate.organisation,
            "completed_at": certificate.completed_at.isoformat(),
            "valid_until": certificate.valid_until and certificate.valid_until.isoformat(),
            "issued_at": certificate.issued_at.isoformat(),
            "events": events.get(certificate.id, []),
        }
        for certificate in certificates
    ]


def list_events(session: Session, agent_id: int) -> dict[int, list[dict[str, str]]]:
    """Gather the events of an agent's certificates, by certificate."""
    events: dict[int, list[dict[str, str]]] = {}
    for event in session.scalars(
        of_agent(
            sa.select(CertificateEvent).join(
                Certificate, Certificate.id == CertificateEvent.certificate_id
            ),
            agent_id,
        ).order_by(CertificateEvent.id)
    ):
        events.setdefault(event.certificate_id, []).append(
            {"kind": event.kind, "at": event.at.isoformat(), "reason": event.reason}
        )
    return events


def erase_for(session: Session, agent_id: int) -> None:
    """Blank an agent's name on their certificates and delete the documents; the facts stay."""
    own = of_agent(sa.select(Certificate.id), agent_id).order_by(None)
    session.execute(
        sa.update(Certificate)
        .where(Certificate.id.in_(own))
        .values(holder_name="")
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.delete(CertificatePdf)
        .where(CertificatePdf.certificate_id.in_(own))
        .execution_options(synchronize_session=False)
    )


def of_agent(statement: sa.Select[Any], agent_id: int) -> sa.Select[Any]:
    """Keep the certificates of an agent, oldest first."""
    return (
        statement.join(Completion, Completion.id == Certificate.completion_id)
        .where(Completion.agent_id == agent_id)
        .order_by(Certificate.id)
    )
