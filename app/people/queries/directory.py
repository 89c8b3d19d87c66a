"""Reads what is known of the units and agents that a directory file is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.people.directory.known import Known, KnownAgent, KnownAssignment, KnownUnit
from app.people.models import Agent, Assignment, OrganisationalUnit

BATCH = 1000


def read_known(session: Session, *, keys: Iterable[str]) -> Known:
    """Read all units, and the agents of these keys with their current assignments."""
    wanted = list(keys)
    agents: dict[str, KnownAgent] = {}
    for start in range(0, len(wanted), BATCH):
        agents |= read_agents(session, wanted[start : start + BATCH])
    return Known(read_units(session), agents)


def read_units(session: Session) -> dict[str, KnownUnit]:
    """Read all units by code."""
    unit, parent = OrganisationalUnit, aliased(OrganisationalUnit)
    rows = session.execute(
        sa.select(
            unit.id,
            unit.code,
            unit.name,
            unit.kind,
            sa.func.coalesce(parent.code, ""),
            unit.opened_on,
            unit.closed_on,
        ).outerjoin(parent, parent.id == unit.parent_id)
    )
    return {row[1]: KnownUnit(*row) for row in rows}


def read_agents(session: Session, keys: list[str]) -> dict[str, KnownAgent]:
    """Read the agents of these keys."""
    rows = session.execute(
        sa.select(
            Agent.matricule_key,
            Agent.id,
            Agent.matricule,
            Agent.given_name,
            Agent.family_name,
            sa.func.coalesce(Agent.email, ""),
            Agent.language,
            Agent.arrived_on,
            Agent.deactivated_at.is_(None),
            Assignment.id,
            OrganisationalUnit.code,
            Assignment.corps,
            Assignment.grade,
            Assignment.category,
            Assignment.starts_on,
        )
        .outerjoin(Assignment, (Assignment.agent_id == Agent.id) & Assignment.ends_on.is_(None))
        .outerjoin(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Agent.matricule_key.in_(keys))
    )
    return {row[0]: make_agent(row) for row in rows}


def make_agent(row: sa.Row[*tuple[Any, ...]]) -> KnownAgent:
    """Make a known agent of a row, with an assignment where there is one."""
    held = row[9:15]
    told: list[Any] = [*row[1:9], KnownAssignment(*held) if held[0] else None]
    return KnownAgent(*told)
