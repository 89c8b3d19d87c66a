"""Reads for reminders: whom one may reach now, and of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.audience import Moment
from app.campaigns.digests import Debtor
from app.campaigns.models import Absence, Reminder
from app.campaigns.queries.digests import read_debtors, select_owed
from app.campaigns.rules import week_of
from app.people.mail_states import MailKind
from app.people.models import Agent, Assignment, OutgoingMail


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


def list_recipients(
    session: Session, *, unit_id: int, today: date, now: datetime, agent_id: int | None = None
) -> list[Debtor]:
    """List who of a unit itself is to be reminded: one agent, or all who are late."""
    here = sa.select(Assignment.agent_id).where(
        Assignment.unit_id == unit_id, Assignment.starts_on <= today, Assignment.ends_on.is_(None)
    )
    statement = select_owed(Moment(today, now)).where(Agent.id.in_(here))
    if agent_id is not None:
        statement = statement.where(Agent.id == agent_id)
    return [
        one
        for one in read_debtors(session, statement)
        if one.has_address
        and not (one.is_away or one.was_reminded)
        and (agent_id is not None or one.owed[0].is_late(today))
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder written to an agent by mail, and whether it left."""

    written_at: datetime
    state: str
    sent_at: datetime | None


def list_told(session: Session, *, agent_id: int) -> list[Told]:
    """List the reminders that the outbox still holds for an agent, the latest first."""
    rows = session.execute(
        sa.select(OutgoingMail.created_at, OutgoingMail.state, OutgoingMail.sent_at)
        .where(OutgoingMail.agent_id == agent_id, OutgoingMail.kind == MailKind.REMINDER)
        .order_by(OutgoingMail.id.desc())
    )
    return [Told(*row) for row in rows]
