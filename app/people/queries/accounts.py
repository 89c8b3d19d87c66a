"""Reads about accounts: what signing in and choosing a password need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import PRIVILEGED, SignedInAgent
from app.people.models import (
    Agent,
    PasswordReset,
    RoleAssignment,
    SignInSession,
)
from app.people.sessions import SessionLimits, hash_token


@dataclass(frozen=True, slots=True)
class Account:
    """What checking a password needs of an agent."""

    agent_id: int
    password_hash: str | None
    password_expires_at: datetime | None
    is_active: bool


def find_account(session: Session, *, matricule_key: str) -> Account | None:
    """Find the account of a matricule, active or not."""
    row = session.execute(
        sa.select(
            Agent.id, Agent.password_hash, Agent.password_expires_at, Agent.deactivated_at.is_(None)
        ).where(Agent.matricule_key == matricule_key)
    ).one_or_none()
    return Account(*row) if row else None


@dataclass(frozen=True, slots=True)
class ResetRecipient:
    """To whom the link to choose a password goes."""

    agent_id: int | None
    full_name: str
    language: str


def find_reset_recipient(session: Session, *, matricule_key: str) -> ResetRecipient | None:
    """Find the active agent of a matricule who has a mail address."""
    row = session.execute(
        sa.select(Agent.id, Agent.given_name, Agent.family_name, Agent.language).where(
            Agent.matricule_key == matricule_key,
            Agent.deactivated_at.is_(None),
            Agent.email.is_not(None),
            Agent.email != "",
        )
    ).one_or_none()
    return ResetRecipient(row[0], f"{row[1]} {row[2]}", row[3]) if row else None


@dataclass(frozen=True, slots=True)
class ResetOwner:
    """Whose password a link chooses."""

    agent_id: int
    words: tuple[str, ...]
    """The names and the matricule, of which no password should be made."""
    is_privileged: bool


def find_reset_owner(session: Session, *, token: str, now: datetime) -> ResetOwner | None:
    """Find the owner of a link that still opens."""
    privileged = sa.exists().where(
        RoleAssignment.agent_id == Agent.id,
        RoleAssignment.ended_at.is_(None),
        RoleAssignment.role.in_(PRIVILEGED),
    )
    row = session.execute(
        sa.select(Agent.id, Agent.matricule, Agent.given_name, Agent.family_name, privileged)
        .join(PasswordReset, PasswordReset.agent_id == Agent.id)
        .where(
            PasswordReset.token_hash == hash_token(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
            Agent.deactivated_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return ResetOwner(row[0], (row[1], *row[2].split(), *row[3].split()), bool(row[4]))


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session in the list of an agent's own."""

    id: int
    created_at: datetime
    last_seen_at: datetime


def list_sessions(
    session: Session, *, agent: SignedInAgent, now: datetime, limits: SessionLimits
) -> list[OpenSession]:
    """List an agent's sessions that still open, the latest first."""
    rest = limits.rest(held.role for held in agent.roles)
    rows = session.execute(
        sa.select(SignInSession.id, SignInSession.created_at, SignInSession.last_seen_at)
        .where(
            SignInSession.agent_id == agent.id,
            SignInSession.ended_at.is_(None),
            SignInSession.last_seen_at >= now - rest,
            SignInSession.created_at >= now - limits.absolute,
        )
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())
    )
    return [OpenSession(*row) for row in rows]
