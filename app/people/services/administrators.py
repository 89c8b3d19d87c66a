"""Make an administrator from the command line."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.people.matricule import matricule_key
from app.people.models import Agent, OrganisationalUnit
from app.people.services import passwords, roles

FIRST_PASSWORD_LASTS = timedelta(days=3)
ROOT_CODE = "RACINE"


def create_administrator(
    session: Session, *, matricule: str, given_name: str, family_name: str, password_hash: str,
    is_one_time: bool, organisation: str, now: datetime,
) -> int:  # fmt: skip
    """Make an agent an administrator over the whole organisation, with this password.

    An agent known by the matricule keeps their names; an organisation without units gets a root.
    """
    key = matricule_key(matricule)
    agent = session.scalars(sa.select(Agent).where(Agent.matricule_key == key)).one_or_none()
    if agent is None:
        agent = Agent(
            matricule=matricule, matricule_key=key, given_name=given_name,
            family_name=family_name, arrived_on=now.date(),
        )  # fmt: skip
        session.add(agent)
        session.flush()
    root = find_root(session) or make_root(session, organisation, now)
    roles.grant_role(
        session, agent_id=agent.id, role=Role.ADMINISTRATOR, unit_id=root.id, actor_id=None, now=now
    )
    passwords.give_one_time_password(
        session, agent_id=agent.id, new_hash=password_hash, lasts=FIRST_PASSWORD_LASTS,
        actor_id=None, now=now,
    )  # fmt: skip
    agent.must_change_password = is_one_time
    agent.password_expires_at = agent.password_expires_at if is_one_time else None
    agent.deactivated_at = None
    return agent.id


def find_root(session: Session) -> OrganisationalUnit | None:
    """Find the first root of the tree."""
    return session.scalars(
        sa.select(OrganisationalUnit)
        .where(OrganisationalUnit.parent_id.is_(None), OrganisationalUnit.closed_on.is_(None))
        .order_by(OrganisationalUnit.id)
        .limit(1)
    ).one_or_none()


def make_root(session: Session, organisation: str, now: datetime) -> OrganisationalUnit:
    """Make the organisation itself the root of the tree to come."""
    root = OrganisationalUnit(
        code=ROOT_CODE, name=organisation, kind="organisation", path="/", opened_on=now.date()
    )
    session.add(root)
    session.flush()
    root.path = f"/{root.id}/"
    return root
