"""Grant and end roles."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import PRIVILEGED, Role
from app.journal.services import Action, record
from app.people import sessions
from app.people.models import Agent, OrganisationalUnit, RoleAssignment


class LastAdministratorError(Exception):
    """Nobody could administer any more."""


class WholeOrganisationError(Exception):
    """An administrator acts on the whole organisation: the unit must be a root."""


def grant_role(
    session: Session, *, agent_id: int, role: Role, unit_id: int, actor_id: int | None,
    now: datetime,
) -> bool:  # fmt: skip
    """Grant a role over a unit and those below; False if the agent holds it already.

    Two acts at once meet on the unique index: one is run again, and finds the other's row.
    """
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    unit = session.get_one(OrganisationalUnit, unit_id)
    if role == Role.ADMINISTRATOR and unit.parent_id is not None:
        raise WholeOrganisationError
    held = list_current(session, agent_id)
    if any(row.role == role and row.unit_id == unit_id for row in held):
        return False
    session.add(
        RoleAssignment(
            agent_id=agent_id, role=role, unit_id=unit_id, started_at=now, granted_by_id=actor_id
        )
    )
    if role in PRIVILEGED and not any(row.role in PRIVILEGED for row in held):
        # The password may be shorter than this role asks, and nobody can tell from its hash.
        agent.must_change_password = agent.password_hash is not None
    session.flush()
    note(session, Action.ROLE_GRANTED, agent_id, actor_id, role=role, unit=unit_id)
    return True


def end_role(
    session: Session, *, role_assignment_id: int, agent_id: int, actor_id: int, now: datetime
) -> bool:
    """End a role held by this agent, and all their sessions; False if it has ended already."""
    row = session.get(RoleAssignment, role_assignment_id)
    if row is None or row.agent_id != agent_id:
        return False
    if row.role == Role.ADMINISTRATOR and row.ended_at is None:
        keep_an_administrator(session, without=agent_id)
    session.refresh(row, with_for_update=True)
    if row.ended_at is not None:
        return False
    row.ended_at, row.ended_by_id = now, actor_id
    sessions.end_all_sessions(session, agent_id=agent_id, now=now)
    note(session, Action.ROLE_ENDED, agent_id, actor_id, role=row.role, unit=row.unit_id)
    return True


def list_current(session: Session, agent_id: int) -> list[RoleAssignment]:
    """List the roles that an agent holds."""
    return list(
        session.scalars(
            sa.select(RoleAssignment).where(
                RoleAssignment.agent_id == agent_id, RoleAssignment.ended_at.is_(None)
            )
        )
    )


def keep_an_administrator(session: Session, *, without: int) -> None:
    """Refuse to lose the last active administrator.

    All the administrators' rows are locked, in one order and before any other row, so that two
    of them cannot remove each other. The agents' rows too: deactivating one changes only those.
    """
    remaining = session.scalars(
        sa.select(RoleAssignment.agent_id)
        .join(Agent, Agent.id == RoleAssignment.agent_id)
        .where(
            RoleAssignment.role == Role.ADMINISTRATOR,
            RoleAssignment.ended_at.is_(None),
            Agent.deactivated_at.is_(None),
        )
        .order_by(RoleAssignment.id)
        .with_for_update()
    ).all()
    if not any(agent_id != without for agent_id in remaining):
        raise LastAdministratorError


def note(
    session: Session, action: Action, agent_id: int, actor_id: int | None, *, role: str, unit: int
) -> None:
    """Write a change of role in the journal."""
    record(
        session, action, actor_id=actor_id, object_kind="agent", object_id=agent_id,
        role=role, unit=unit,
    )  # fmt: skip
