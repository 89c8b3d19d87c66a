"""Reads for administrators: who holds which role, over what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.people.models import Agent, OrganisationalUnit, RoleAssignment


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role, over what, from when to when, and who holds it."""

    id: int
    role: str
    unit_name: str
    started_at: datetime
    ended_at: datetime | None
    granted_by: str | None
    agent_id: int
    agent_name: str
    matricule: str


def list_roles(session: Session, *, agent_id: int | None = None) -> list[RoleFacts]:
    """List all roles that an agent held, or those that anyone holds now."""
    granter = aliased(Agent)
    chosen = RoleAssignment.agent_id == agent_id if agent_id else RoleAssignment.ended_at.is_(None)
    rows = session.execute(
        sa.select(
            RoleAssignment.id,
            RoleAssignment.role,
            OrganisationalUnit.name,
            RoleAssignment.started_at,
            RoleAssignment.ended_at,
            granter.given_name + " " + granter.family_name,
            Agent.id,
            Agent.given_name + " " + Agent.family_name,
            Agent.matricule,
        )
        .join(Agent, Agent.id == RoleAssignment.agent_id)
        .join(OrganisationalUnit, OrganisationalUnit.id == RoleAssignment.unit_id)
        .outerjoin(granter, granter.id == RoleAssignment.granted_by_id)
        .where(chosen)
        .order_by(*role_order(agent_id))
    )
    return [RoleFacts(*row) for row in rows]


def role_order(agent_id: int | None) -> list[Any]:
    """Order one agent's roles by time, current ones first; everyone's by role, then by name."""
    if agent_id:
        return [RoleAssignment.ended_at.is_not(None), RoleAssignment.id.desc()]
    return [RoleAssignment.role, Agent.search_key, RoleAssignment.id]
