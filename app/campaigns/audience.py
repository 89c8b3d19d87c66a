"""Whom an audience holds on a day, as a select."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.campaigns.dates import later_of
from app.campaigns.rules import Audience
from app.people.models import Agent, Assignment, OrganisationalUnit, RoleAssignment
from app.people.queries import below

Rows = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run looks at the organisation, and at which agents by their ids."""

    today: date
    now: datetime
    first: int = 0
    last: int | None = None
    """The last id; None for all that follow."""

    def within(self, column: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[bool]:
        """Keep the agents looked at."""
        if self.last is None:
            return column >= self.first if self.first else sa.true()
        return column.between(self.first, self.last)


def select_audience(audience: Audience, moment: Moment) -> Rows:
    """Select the active agents of an audience, and since when each belongs to it."""
    today, now = moment.today, moment.now
    statement = (
        sa.select(
            Agent.id.label("agent_id"),
            later_of(Assignment.starts_on, Agent.arrived_on).label("arrived_on"),
        )
        .join(Assignment, Assignment.agent_id == Agent.id)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(
            moment.within(Agent.id),
            sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > now),
            Assignment.starts_on <= today,
            sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > today),
            below(audience.unit_path),
        )
    )
    return statement.where(*list_limits(audience, now))


def list_limits(audience: Audience, now: datetime) -> list[sa.ColumnElement[bool]]:
    """List what narrows an audience besides its unit."""
    held = RoleAssignment
    limits: list[sa.ColumnElement[bool]] = []
    for column, kept in (
        (Assignment.corps, audience.corps),
        (Assignment.grade, audience.grades),
        (Assignment.category, audience.categories),
    ):
        if kept:
            limits.append(column.in_(sorted(kept)))
    if audience.roles:
        limits.append(
            sa.exists().where(
                held.agent_id == Agent.id,
                held.role.in_(sorted(audience.roles)),
                held.started_at <= now,
                sa.or_(held.ended_at.is_(None), held.ended_at > now),
            )
        )
    if audience.arrived_since is not None:
        limits.append(Agent.arrived_on >= audience.arrived_since)
    return limits
