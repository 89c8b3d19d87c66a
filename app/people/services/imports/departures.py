"""Let agents leave: what they did stays, what they could open closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.directory.agent_fates import day_after
from app.people.models import Agent, Assignment, PasswordReset, SignInSession


@dataclass(frozen=True, slots=True)
class Departure:
    """An agent who leaves on a day, and the assignment that ends, where there is one."""

    agent_id: int
    assignment_id: int | None
    held_since: date | None
    left_on: date


def depart(session: Session, leaving: Sequence[Departure], *, now: datetime) -> None:
    """Let agents leave; the directory may bring them back."""
    if not leaving:
        return
    ending = [
        {"id": who.assignment_id, "ends_on": day_after(who.held_since, who.left_on)}
        for who in leaving
        if who.assignment_id is not None and who.held_since is not None
    ]
    if ending:
        session.execute(sa.update(Assignment), ending)
    rows = [{"id": who.agent_id, "left_on": who.left_on} for who in leaving]
    session.execute(sa.update(Agent), rows)
    close_accounts(session, [who.agent_id for who in leaving], now)


def close_accounts(session: Session, agent_ids: list[int], now: datetime) -> None:
    """Close accounts, their sessions and the links sent to them."""
    session.execute(
        sa.update(Agent)
        .where(Agent.id.in_(agent_ids), Agent.deactivated_at.is_(None))
        .values(deactivated_at=now)
    )
    session.execute(
        sa.update(SignInSession)
        .where(SignInSession.agent_id.in_(agent_ids), SignInSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.execute(
        sa.update(PasswordReset)
        .where(PasswordReset.agent_id.in_(agent_ids), PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )
