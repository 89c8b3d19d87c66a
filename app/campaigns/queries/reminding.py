"""Reads for reminders: whom one may reach now, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Absence, Reminder
from app.campaigns.queries.people import Asked, list_asked
from app.campaigns.rules import week_of
from app.people.models import Agent, Assignment


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether an agent may be reminded now, and else why not."""

    has_mail: bool
    reminded: bool
    """This week already."""
    away_until: date | None

    @property
    def may_be_reminded(self) -> bool:
        """Tell whether a reminder may be written."""
        return self.has_mail and not self.reminded and self.away_until is None


def select_reach(today: date) -> sa.Select[int, bool, bool, date | None]:
    """Select agents with what makes their `Reach`."""
    reminded = sa.exists().where(Reminder.agent_id == Agent.id, Reminder.week_on == week_of(today))
    away = sa.select(sa.func.max(Absence.ends_on)).where(
        Absence.agent_id == Agent.id,
        Absence.cancelled_at.is_(None),
        Absence.starts_on <= today,
        Absence.ends_on >= today,
    )
    has_mail = sa.and_(Agent.email.is_not(None), Agent.email != "")
    return sa.select(Agent.id, has_mail, reminded, away.correlate(Agent).scalar_subquery())


def map_reach(session: Session, *, agent_ids: Sequence[int], today: date) -> dict[int, Reach]:
    """Map agents to whether they may be reminded."""
    rows = session.execute(select_reach(today).where(Agent.id.in_(list(agent_ids))))
    return {row[0]: Reach(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone to remind, and of what."""

    agent_id: int
    full_name: str
    language: str
    duties: list[Asked]


def list_recipients(
    session: Session, *, unit_id: int, today: date, agent_id: int | None = None
) -> list[Recipient]:
    """List who of a unit itself is to be reminded: one agent, or all who are late."""
    rows = session.execute(
        sa.select(Agent.id, Agent.given_name, Agent.family_name, Agent.language)
        .join(Assignment, sa.and_(Assignment.agent_id == Agent.id, Assignment.ends_on.is_(None)))
        .where(
            Assignment.unit_id == unit_id,
            Assignment.starts_on <= today,
            Agent.deactivated_at.is_(None),
            Agent.id == agent_id if agent_id is not None else sa.true(),
        )
        .order_by(Agent.id)
    ).all()
    reach = map_reach(session, agent_ids=[row[0] for row in rows], today=today)
    found = [
        Recipient(row[0], f"{row[1]} {row[2]}", row[3], list_asked(session, agent_id=row[0]))
        for row in rows
        if reach[row[0]].may_be_reminded
    ]
    return [
        one
        for one in found
        if one.duties and (agent_id is not None or one.duties[0].due_on < today)
    ]
