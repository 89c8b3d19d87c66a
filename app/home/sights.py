"""Who looked at lists of names that an agent stood on, by category of staff, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.journal.models import JournalEntry
from app.journal.services import Action
from app.people.models import Assignment, OrganisationalUnit, RoleAssignment

PARIS = ZoneInfo("Europe/Paris")
MOST = 50
UNIT = "unit"
"""What the journal calls the object of a list of the names of a unit and those below it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A list was looked at, in this unit, by this category of staff."""

    at: datetime
    unit_name: str
    by_hr: bool
    """By HR follow-up; otherwise by a supervisor."""


@dataclass(frozen=True, slots=True)
class Stay:
    """An agent's time in a unit."""

    unit_ids: frozenset[str]
    """The unit and those above it."""
    starts_on: date
    ends_on: date | None

    def covers(self, unit_id: str, day: date) -> bool:
        """Tell whether the agent stood under a unit that day."""
        return (
            unit_id in self.unit_ids
            and self.starts_on <= day
            and (self.ends_on is None or day < self.ends_on)
        )


def list_stays(session: Session, *, agent_id: int) -> list[Stay]:
    """List where an agent has been assigned."""
    rows = session.execute(
        sa.select(OrganisationalUnit.path, Assignment.starts_on, Assignment.ends_on)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == agent_id)
    )
    return [Stay(frozenset(path.strip("/").split("/")), start, end) for path, start, end in rows]


def held_by_actor() -> sa.Exists:
    """Match the entries whose actor followed up for HR at that moment."""
    return sa.exists().where(
        RoleAssignment.agent_id == JournalEntry.actor_id,
        RoleAssignment.role == Role.HR_FOLLOW_UP,
        RoleAssignment.started_at <= JournalEntry.at,
        sa.or_(RoleAssignment.ended_at.is_(None), RoleAssignment.ended_at > JournalEntry.at),
    )


def list_sights(session: Session, *, agent_id: int) -> list[Sight]:
    """List the last times that lists on which the agent stood were looked at, latest first."""
    stays = list_stays(session, agent_id=agent_id)
    unit_ids = {unit_id for stay in stays for unit_id in stay.unit_ids}
    rows = session.execute(
        sa.select(
            JournalEntry.at,
            JournalEntry.object_id,
            OrganisationalUnit.name,
            held_by_actor().label("by_hr"),
        )
        .join(
            OrganisationalUnit,
            sa.cast(OrganisationalUnit.id, sa.Text) == JournalEntry.object_id,
        )
        .where(
            JournalEntry.action == Action.NAMES_SEEN,
            JournalEntry.object_kind == UNIT,
            JournalEntry.object_id.in_(unit_ids),
            JournalEntry.actor_id != agent_id,
        )
        .order_by(JournalEntry.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [
        Sight(row.at, row.name, row.by_hr)
        for row in rows
        if any(stay.covers(row.object_id, row.at.astimezone(PARIS).date()) for stay in stays)
    ]
