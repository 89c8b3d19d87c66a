"""What agents change about their own account."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import Agent, SignInSession


class NoSuchSessionError(Exception):
    """The session is not this agent's, or has ended."""


def set_language(session: Session, *, agent_id: int, language: str) -> None:
    """Keep the language of an agent's screens and mails."""
    session.execute(sa.update(Agent).where(Agent.id == agent_id).values(language=language))


def end_own_session(session: Session, *, agent_id: int, session_id: int, now: datetime) -> None:
    """End one of an agent's own sessions."""
    ended = session.scalar(
        sa.update(SignInSession)
        .where(
            SignInSession.id == session_id,
            SignInSession.agent_id == agent_id,
            SignInSession.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(SignInSession.id)
    )
    if ended is None:
        raise NoSuchSessionError
