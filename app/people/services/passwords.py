"""Change, give and forget passwords; each takes a hash made outside the transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people import sessions, throttling
from app.people.models import Agent, OutgoingMail, PasswordReset
from app.people.services.signing_in import SignInRefusedError
from app.people.throttling import Counted

RESET_LASTS = timedelta(minutes=30)


class SpentResetError(Exception):
    """The link to choose a password was used, replaced, or is too old."""


def change_password(
    session: Session,
    *,
    agent_id: int,
    checked_hash: str,
    new_hash: str,
    counted: Counted | None = None,
    address: str,
    now: datetime,
) -> str:
    """Replace one's password, end all sessions and return the token of a new one."""
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    if agent.deactivated_at is not None or agent.password_hash != checked_hash:
        raise SignInRefusedError
    if counted is not None:
        throttling.forgive(session, counted=counted)
    set_password(session, agent=agent, new_hash=new_hash, now=now)
    record_change(session, agent_id, address)
    return sessions.start_session(session, agent_id=agent_id, now=now)


def set_password(session: Session, *, agent: Agent, new_hash: str, now: datetime) -> None:
    """Give an agent a password of their own; every session and link from before is dead."""
    agent.password_hash = new_hash
    agent.must_change_password = False
    agent.password_expires_at = None
    sessions.end_all_sessions(session, agent_id=agent.id, now=now)
    spend_resets(session, agent_id=agent.id, now=now)


def spend_resets(session: Session, *, agent_id: int, now: datetime) -> None:
    """Make every link sent to an agent useless."""
    session.execute(
        sa.update(PasswordReset)
        .where(PasswordReset.agent_id == agent_id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )


def record_change(session: Session, agent_id: int, address: str) -> None:
    """Remember that an agent chose a password."""
    record(
        session, Action.PASSWORD_CHANGED, actor_id=agent_id,
        object_kind="agent", object_id=agent_id, address=address,
    )  # fmt: skip


def ask_reset(
    session: Session,
    *,
    agent_id: int | None,
    token: str,
    subject: str,
    body: str,
    address: str,
    now: datetime,
) -> int | None:
    """Write the mail that carries a link, and return its id; nobody's account writes none.

    The agent is looked at again: one deactivated or without mail gets nothing.
    """
    agent = session.get(Agent, agent_id) if agent_id else None
    record(
        session, Action.PASSWORD_RESET_ASKED, actor_id=None,
        object_kind="agent" if agent else "", object_id=agent.id if agent else "", address=address,
    )  # fmt: skip
    if agent is None or agent.deactivated_at is not None or not agent.email:
        return None
    spend_resets(session, agent_id=agent.id, now=now)
    session.add(
        PasswordReset(
            agent_id=agent.id,
            token_hash=sessions.hash_token(token),
            created_at=now,
            expires_at=now + RESET_LASTS,
        )
    )
    mail = OutgoingMail(
        agent_id=agent.id,
        recipient=agent.email,
        subject=subject,
        body=body,
        created_at=now,
        expires_at=now + RESET_LASTS,
    )
    session.add(mail)
    session.flush()
    return mail.id


def use_reset(session: Session, *, token: str, new_hash: str, address: str, now: datetime) -> int:
    """Choose a password by a link, once; return the agent's id."""
    agent_id = session.scalar(
        sa.update(PasswordReset)
        .where(
            PasswordReset.token_hash == sessions.hash_token(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
        .values(used_at=now)
        .returning(PasswordReset.agent_id)
    )
    agent = session.get(Agent, agent_id, with_for_update=True) if agent_id else None
    if agent is None or agent.deactivated_at is not None:
        raise SpentResetError
    set_password(session, agent=agent, new_hash=new_hash, now=now)
    record_change(session, agent.id, address)
    return agent.id


def give_one_time_password(
    session: Session, *, agent_id: int, new_hash: str, lasts: timedelta, actor_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Give a password that must be changed at the first sign-in, and expires before."""
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    set_password(session, agent=agent, new_hash=new_hash, now=now)
    agent.must_change_password = True
    agent.password_expires_at = now + lasts
    record(
        session, Action.PASSWORD_GIVEN, actor_id=actor_id, object_kind="agent", object_id=agent.id
    )
