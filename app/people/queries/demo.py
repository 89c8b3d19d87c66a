"""The accounts that a demonstration opens with one click."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import Agent, Assignment, OrganisationalUnit, RoleAssignment

DEMO_PREFIX = "demo-"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account offered on the sign-in page."""

    code: str
    """What follows the prefix in its matricule."""
    full_name: str
    unit_name: str
    roles: tuple[str, ...]


def list_demo_accounts(session: Session) -> list[DemoAccount]:
    """List the demonstration's accounts: those whose matricule starts with « demo- »."""
    rows = session.execute(
        sa.select(
            Agent.matricule_key,
            Agent.given_name,
            Agent.family_name,
            OrganisationalUnit.name,
            RoleAssignment.role,
        )
        .outerjoin(Assignment, (Assignment.agent_id == Agent.id) & Assignment.ends_on.is_(None))
        .outerjoin(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .outerjoin(
            RoleAssignment,
            (RoleAssignment.agent_id == Agent.id) & RoleAssignment.ended_at.is_(None),
        )
        .where(Agent.matricule_key.startswith(DEMO_PREFIX), Agent.deactivated_at.is_(None))
        .order_by(Agent.id, RoleAssignment.id)
    )
    accounts: dict[str, DemoAccount] = {}
    for key, given, family, unit, role in rows:
        code = key.removeprefix(DEMO_PREFIX)
        held = accounts[code].roles if code in accounts else ()
        roles = (*held, role) if role and role not in held else held
        accounts[code] = DemoAccount(code, f"{given} {family}", unit or "", roles)
    return list(accounts.values())
