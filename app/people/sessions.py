"""Sign-in sessions: rows that the server ends, and the agent that each one opens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import PRIVILEGED, Role, RoleHeld, SignedInAgent
from app.people.models import (
    Agent,
    Assignment,
    OrganisationalUnit,
    RoleAssignment,
    SignInSession,
)

LAST_SEEN_PRECISION = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts: without a page, and in all."""

    idle: timedelta = timedelta(hours=12)
    privileged_idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=24)

    def rest(self, roles: Iterable[str]) -> timedelta:
        """Give how long a session may go without a page, by the roles that its agent holds."""
        return self.idle if PRIVILEGED.isdisjoint(roles) else self.privileged_idle


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """The agent of a session, and whether its last-seen should be written again."""

    agent: SignedInAgent
    is_stale: bool


AnyRow = sa.Row[*tuple[Any, ...]]

# Tables rather than their classes: this statement runs on every page, and rows are all it needs.
SESSION, AGENT, POSTING, UNIT, HELD = (
    model.__table__
    for model in (SignInSession, Agent, Assignment, OrganisationalUnit, RoleAssignment)
)
ROLE_UNIT = UNIT.alias("role_unit")
LOAD = (
    sa.select(
        SESSION.c.id, SESSION.c.created_at, SESSION.c.last_seen_at, AGENT.c.id.label("agent_id"),
        AGENT.c.matricule, AGENT.c.given_name, AGENT.c.family_name, AGENT.c.language,
        AGENT.c.must_change_password, POSTING.c.unit_id, POSTING.c.corps, POSTING.c.grade,
        POSTING.c.category, UNIT.c.path.label("unit_path"), UNIT.c.name.label("unit_name"),
        HELD.c.role, ROLE_UNIT.c.id.label("role_unit_id"), ROLE_UNIT.c.path.label("role_unit_path"),
    )
    .select_from(SESSION)
    .join(AGENT, AGENT.c.id == SESSION.c.agent_id)
    .outerjoin(POSTING, (POSTING.c.agent_id == AGENT.c.id) & POSTING.c.ends_on.is_(None))
    .outerjoin(UNIT, UNIT.c.id == POSTING.c.unit_id)
    .outerjoin(HELD, (HELD.c.agent_id == AGENT.c.id) & HELD.c.ended_at.is_(None))
    .outerjoin(ROLE_UNIT, ROLE_UNIT.c.id == HELD.c.unit_id)
    .where(
        SESSION.c.token_hash == sa.bindparam("token_hash"),
        SESSION.c.ended_at.is_(None),
        AGENT.c.deactivated_at.is_(None),
    )
)  # fmt: skip


def hash_token(token: str) -> str:
    """Digest a token: the database keeps no token that opens anything."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def load_session(
    session: Session, *, token: str, now: datetime, limits: SessionLimits
) -> LoadedSession | None:
    """Read the session, agent, assignment and roles behind a token, in one statement."""
    rows = session.execute(LOAD, {"token_hash": hash_token(token)}).all()
    if not rows:
        return None
    first, roles = rows[0], read_roles(rows)
    idle = limits.rest(held.role for held in roles)
    if now - first.last_seen_at > idle or now - first.created_at > limits.absolute:
        return None
    is_stale = now - first.last_seen_at > LAST_SEEN_PRECISION
    return LoadedSession(make_agent(first, token, roles), is_stale)


def read_roles(rows: Sequence[AnyRow]) -> tuple[RoleHeld, ...]:
    """Fold the rows of the join, one per role, into the roles."""
    return tuple(
        RoleHeld(Role(row.role), row.role_unit_id, row.role_unit_path) for row in rows if row.role
    )


def make_agent(row: AnyRow, token: str, roles: tuple[RoleHeld, ...]) -> SignedInAgent:
    """Make the signed-in agent from a row of the join."""
    return SignedInAgent(
        id=row.agent_id,
        session_token=token,
        session_id=row.id,
        matricule=row.matricule,
        given_name=row.given_name,
        family_name=row.family_name,
        language=row.language,
        must_change_password=row.must_change_password,
        unit_id=row.unit_id,
        unit_path=row.unit_path or "",
        unit_name=row.unit_name or "",
        corps=row.corps or "",
        grade=row.grade or "",
        category=row.category or "",
        roles=roles,
    )


def start_session(session: Session, *, agent_id: int, now: datetime) -> str:
    """Open a session for an agent and return its token, which only the cookie keeps."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_hash=hash_token(token), agent_id=agent_id, created_at=now, last_seen_at=now
        )
    )
    session.flush()
    return token


def touch_session(session: Session, *, session_id: int, now: datetime) -> None:
    """Write when a session was last seen, unless it was a moment ago."""
    session.execute(
        sa.update(SignInSession)
        .where(
            SignInSession.id == session_id, SignInSession.last_seen_at < now - LAST_SEEN_PRECISION
        )
        .values(last_seen_at=now)
    )


def end_session(session: Session, *, session_id: int, now: datetime) -> None:
    """End one session."""
    session.execute(
        sa.update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_sessions(
    session: Session, *, agent_id: int, now: datetime, but: int | None = None
) -> None:
    """End an agent's sessions, all of them or all ``but`` one."""
    session.execute(
        sa.update(SignInSession)
        .where(
            SignInSession.agent_id == agent_id,
            SignInSession.ended_at.is_(None),
            SignInSession.id != (but or 0),
        )
        .values(ended_at=now)
    )
