"""Reads of the supervisors who asked for a mail a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access import Role
from app.campaigns.models import MailChoice, TeamDigest
from app.campaigns.queries.absences import is_away
from app.campaigns.rules import week_of
from app.people.models import Agent, RoleAssignment


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A supervisor who wants the mail, their units, and what stands against writing."""

    agent_id: int
    full_name: str
    language: str
    has_address: bool
    is_away: bool
    was_written_to: bool
    """This week."""
    unit_ids: frozenset[int]
    """Those that their role names."""


def list_supervisors(session: Session, *, today: date, after: int, limit: int) -> list[Supervisor]:
    """List the supervisors who asked for it, by id, from the one after ``after``."""
    written = sa.exists().where(
        TeamDigest.agent_id == Agent.id, TeamDigest.week_on == week_of(today)
    )
    rows = session.execute(
        sa.select(
            Agent.id, Agent.given_name, Agent.family_name, Agent.language,
            sa.func.coalesce(Agent.email, "") != "", is_away(Agent.id, today), written,
        )
        .join(MailChoice, MailChoice.agent_id == Agent.id)
        .where(
            Agent.id > after, Agent.deactivated_at.is_(None),
            MailChoice.teams_asked_at.is_not(None),
            sa.exists().where(RoleAssignment.agent_id == Agent.id, *is_held()),
        )
        .order_by(Agent.id)
        .limit(limit)
    ).all()  # fmt: skip
    units = map_units(session, agent_ids=[row[0] for row in rows])
    return [
        Supervisor(row[0], f"{row[1]} {row[2]}", *row[3:], frozenset(units.get(row[0], ())))
        for row in rows
    ]


def map_units(session: Session, *, agent_ids: list[int]) -> dict[int, list[int]]:
    """Map supervisors to the units that their role names."""
    units: dict[int, list[int]] = {}
    for row in session.execute(
        sa.select(RoleAssignment.agent_id, RoleAssignment.unit_id).where(
            RoleAssignment.agent_id.in_(agent_ids), *is_held()
        )
    ):
        units.setdefault(row.agent_id, []).append(row.unit_id)
    return units


def is_held() -> tuple[sa.ColumnElement[bool], ...]:
    """Keep the roles of supervisors that are held now."""
    return (RoleAssignment.role == Role.SUPERVISOR, RoleAssignment.ended_at.is_(None))
