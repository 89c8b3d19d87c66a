"""Open and end sessions, once the password has been checked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people import sessions, throttling
from app.people.models import Agent
from app.people.throttling import Counted


class SignInRefusedError(Exception):
    """The account changed while its password was being checked."""


def admit(
    session: Session,
    *,
    agent_id: int,
    checked_hash: str | None,
    new_hash: str | None = None,
    counted: Counted | None = None,
    address: str = "",
    replaced: int | None = None,
    now: datetime,
) -> str:
    """Open a session and return its token; the one it replaces in the browser is ended.

    The password was checked outside this transaction, so the account is looked at again.
    """
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    if agent.deactivated_at is not None or agent.password_hash != checked_hash:
        raise SignInRefusedError
    if new_hash is not None:
        agent.password_hash = new_hash
    if counted is not None:
        throttling.forgive(session, counted=counted)
    if replaced is not None:
        sessions.end_session(session, session_id=replaced, now=now)
    record(
        session, Action.SIGNED_IN, actor_id=agent.id,
        object_kind="agent", object_id=agent.id, address=address,
    )  # fmt: skip
    return sessions.start_session(session, agent_id=agent.id, now=now)


def refuse(session: Session, *, agent_id: int | None, address: str) -> None:
    """Remember a refused sign-in; what was typed is not kept."""
    record(
        session, Action.SIGN_IN_FAILED, actor_id=None,
        object_kind="agent" if agent_id else "", object_id=agent_id or "", address=address,
    )  # fmt: skip


def sign_out(session: Session, *, agent_id: int, session_id: int, now: datetime) -> None:
    """End one session at its agent's word."""
    sessions.end_session(session, session_id=session_id, now=now)
    record(session, Action.SIGNED_OUT, actor_id=agent_id, object_kind="agent", object_id=agent_id)


def sign_out_everywhere(session: Session, *, agent_id: int, now: datetime) -> None:
    """End all of an agent's sessions, on every device."""
    sessions.end_all_sessions(session, agent_id=agent_id, now=now)
    record(
        session, Action.SIGNED_OUT_EVERYWHERE, actor_id=agent_id,
        object_kind="agent", object_id=agent_id,
    )  # fmt: skip
