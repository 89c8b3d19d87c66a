"""What people holds about an agent: given to them, and erased with them."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import utc_now
from app.people.import_models import ImportRow
from app.people.models import (
    Agent,
    Assignment,
    OrganisationalUnit,
    OutgoingMail,
    PasswordReset,
    RoleAssignment,
    SignInSession,
)

IDENTITY = ("matricule", "given_name", "family_name", "email", "language")
MOMENTS = ("arrived_on", "left_on", "created_at", "deactivated_at", "password_expires_at")
ERASED_NAME = "—"


def export_for(session: Session, agent_id: int) -> dict[str, Any]:
    """Give who an agent is, where they were assigned, what they may do and their sessions."""
    agent = session.get_one(Agent, agent_id)
    return {
        "identity": {name: getattr(agent, name) for name in IDENTITY}
        | {name: written(getattr(agent, name)) for name in MOMENTS},
        "assignments": list_assignments(session, agent_id),
        "roles": list_roles(session, agent_id),
        "sessions": list_times(
            session, SignInSession, agent_id, "created_at", "last_seen_at", "ended_at"
        ),
        "mails": list_mails(session, agent_id),
        "directory_files": list_staged(session, agent),
        "password_links": list_times(session, PasswordReset, agent_id, "created_at", "used_at"),
    }


def list_assignments(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List every assignment, oldest first."""
    rows = session.execute(
        sa.select(Assignment, OrganisationalUnit.name)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == agent_id)
        .order_by(Assignment.starts_on, Assignment.id)
    )
    return [
        {
            "unit": unit,
            "corps": row.corps,
            "grade": row.grade,
            "category": row.category,
            "from": row.starts_on.isoformat(),
            "to": row.ends_on.isoformat() if row.ends_on else None,
        }
        for row, unit in rows
    ]


def list_roles(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List every role held, oldest first."""
    rows = session.execute(
        sa.select(RoleAssignment, OrganisationalUnit.name)
        .join(OrganisationalUnit, OrganisationalUnit.id == RoleAssignment.unit_id)
        .where(RoleAssignment.agent_id == agent_id)
        .order_by(RoleAssignment.id)
    )
    return [
        {
            "role": row.role,
            "unit": unit,
            "from": row.started_at.isoformat(),
            "to": row.ended_at.isoformat() if row.ended_at else None,
        }
        for row, unit in rows
    ]


def list_staged(session: Session, agent: Agent) -> list[dict[str, Any]]:
    """List what directory files that wait to be applied say of an agent."""
    rows = session.scalars(
        sa.select(ImportRow)
        .where(ImportRow.key == agent.matricule_key)
        .order_by(ImportRow.import_id)
    )
    names = (*IDENTITY, "unit_code", "corps", "grade", "category")
    days = ("arrived_on", "since", "leaves_on")
    return [
        {name: getattr(row, name) for name in names}
        | {name: written(getattr(row, name)) for name in days}
        for row in rows
    ]


def list_mails(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List the mails written to an agent, oldest first, and what became of each."""
    times = list_times(session, OutgoingMail, agent_id, "created_at", "sent_at")
    rows = session.execute(
        sa.select(
            OutgoingMail.kind, OutgoingMail.state, OutgoingMail.recipient, OutgoingMail.subject
        )
        .where(OutgoingMail.agent_id == agent_id)
        .order_by(OutgoingMail.id)
    )
    return [row._asdict() | moments for row, moments in zip(rows, times, strict=True)]


def list_times(
    session: Session,
    model: type[SignInSession | OutgoingMail | PasswordReset],
    agent_id: int,
    *names: str,
) -> list[dict[str, Any]]:
    """List these dates of each row about an agent."""
    rows = session.scalars(sa.select(model).where(model.agent_id == agent_id).order_by(model.id))
    return [{name: written(getattr(row, name)) for name in names} for row in rows]


def written(moment: date | None) -> str | None:
    """Write a day or a moment as JSON takes it."""
    return moment.isoformat() if moment else None


def erase_for(session: Session, agent_id: int) -> None:
    """Take the person out of the row; what refers to the row stays, and names nobody."""
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    session.execute(sa.delete(ImportRow).where(ImportRow.key == agent.matricule_key))
    agent.matricule = agent.matricule_key = f"erased-{agent.id}"
    agent.given_name = agent.family_name = ERASED_NAME
    agent.search_key = ""
    agent.email = agent.password_hash = agent.password_expires_at = None
    agent.deactivated_at = agent.deactivated_at or utc_now()
    for model in (SignInSession, PasswordReset, OutgoingMail):
        session.execute(sa.delete(model).where(model.agent_id == agent_id))
