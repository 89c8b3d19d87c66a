"""What administrators change about an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.journal.services import Action, record
from app.people import sessions
from app.people.models import Agent, RoleAssignment
from app.people.seen import refuse_if_changed
from app.people.services.passwords import spend_resets
from app.people.services.roles import keep_an_administrator


class OwnAccountError(Exception):
    """An administrator would lock themself out."""


def what_may_change(email: str | None, language: str) -> dict[str, str]:
    """Give what an administrator's form of an agent is filled with."""
    return {"email": email or "", "language": language}


def change_agent(
    session: Session, *, agent_id: int, email: str | None, language: str, actor_id: int,
    now: datetime, seen: str = "",
) -> None:  # fmt: skip
    """Change an agent's mail address and language; the journal keeps which, not what.

    Raises `ChangedMeanwhile` where those kept are no longer those ``seen``.
    """
    agent = session.get_one(Agent, agent_id, with_for_update=True, populate_existing=True)
    refuse_if_changed(seen, what_may_change(agent.email, agent.language))
    changed = [
        name
        for name, value in (("email", email), ("language", language))
        if getattr(agent, name) != value
    ]
    if not changed:
        return
    if "email" in changed:
        spend_resets(session, agent_id=agent_id, now=now)
    agent.email, agent.language = email, language
    note(session, Action.AGENT_CHANGED, agent_id, actor_id, fields=changed)


def deactivate(session: Session, *, agent_id: int, actor_id: int, now: datetime) -> bool:
    """Close an account and end its sessions; what the agent did stays. False if it was closed."""
    if agent_id == actor_id:
        raise OwnAccountError
    if is_administrator(session, agent_id):
        keep_an_administrator(session, without=agent_id)
    agent = session.get_one(Agent, agent_id, with_for_update=True, populate_existing=True)
    if agent.deactivated_at is not None:
        return False
    agent.deactivated_at = now
    sessions.end_all_sessions(session, agent_id=agent_id, now=now)
    spend_resets(session, agent_id=agent_id, now=now)
    note(session, Action.AGENT_DEACTIVATED, agent_id, actor_id)
    return True


def reactivate(session: Session, *, agent_id: int, actor_id: int) -> bool:
    """Open a closed account again; False if it was open."""
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    if agent.deactivated_at is None:
        return False
    agent.deactivated_at = None
    note(session, Action.AGENT_REACTIVATED, agent_id, actor_id)
    return True


def is_administrator(session: Session, agent_id: int) -> bool:
    """Tell whether an agent holds the role of administrator."""
    held = sa.exists().where(
        RoleAssignment.agent_id == agent_id,
        RoleAssignment.role == Role.ADMINISTRATOR,
        RoleAssignment.ended_at.is_(None),
    )
    return bool(session.scalar(sa.select(held)))


def note(session: Session, action: Action, agent_id: int, actor_id: int, **detail: Any) -> None:
    """Write a change of an account in the journal."""
    record(
        session, action, actor_id=actor_id, object_kind="agent", object_id=agent_id,
        address="", **detail,
    )  # fmt: skip
