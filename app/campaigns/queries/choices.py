"""Reads about the mails that an agent wants."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import MailChoice
from app.people.models import Agent


@dataclass(frozen=True, slots=True)
class Choices:
    """Which optional mails an agent gets, and where."""

    email: str
    """Empty for someone without an address."""
    weekly: bool
    teams: bool


def find_choices(session: Session, *, agent_id: int) -> Choices | None:
    """Find what an agent chose; by default the weekly reminder, and nothing about units."""
    row = session.execute(
        sa.select(
            sa.func.coalesce(Agent.email, ""),
            MailChoice.weekly_stopped_at.is_(None),
            MailChoice.teams_asked_at.is_not(None),
        )
        .outerjoin(MailChoice, MailChoice.agent_id == Agent.id)
        .where(Agent.id == agent_id)
    ).one_or_none()
    return Choices(*row) if row else None
