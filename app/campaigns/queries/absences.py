"""Reads about absences, and the due dates that they move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.absences import Span, postpone
from app.campaigns.cycles import is_open
from app.campaigns.models import Absence, Campaign
from app.days import day_of
from app.learning.models import Enrolment, EnrolmentRelease
from app.learning.owing import is_released

RECENT = timedelta(days=31)
"""How long after an absence a nightly run still looks at it, should nights have been missed."""


@dataclass(frozen=True, slots=True)
class Change:
    """An enrolment whose due date is not what the absences make it."""

    enrolment_id: int
    due_on: date
    base_due_on: date | None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence as its page shows it."""

    id: int
    starts_on: date
    ends_on: date
    cancelled_at: datetime | None


def is_away(
    agent_id: sa.SQLColumnExpression[int], day: date, last: date | None = None
) -> sa.ColumnElement[bool]:
    """Tell whether an agent is away on a day, or on some day from then to the ``last``."""
    return sa.exists().where(
        Absence.agent_id == agent_id,
        Absence.cancelled_at.is_(None),
        Absence.starts_on <= (last or day),
        Absence.ends_on >= day,
    )


def find_away_until(session: Session, *, agent_id: int, day: date) -> date | None:
    """Find the last day of the absence that covers a day."""
    return session.scalar(
        sa.select(sa.func.max(Absence.ends_on)).where(
            Absence.agent_id == agent_id,
            Absence.cancelled_at.is_(None),
            Absence.starts_on <= day,
            Absence.ends_on >= day,
        )
    )


def overlaps(session: Session, *, agent_id: int, span: Span) -> bool:
    """Tell whether an agent is known to be away on some of these days."""
    away = is_away(sa.literal(agent_id), span.starts_on, span.ends_on)
    return bool(session.scalar(sa.select(away)))


def list_absences(session: Session, *, agent_id: int) -> list[AbsenceRow]:
    """List the absences of an agent, the latest first."""
    rows = session.execute(
        sa.select(Absence.id, Absence.starts_on, Absence.ends_on, Absence.cancelled_at)
        .where(Absence.agent_id == agent_id)
        .order_by(Absence.starts_on.desc(), Absence.id.desc())
    )
    return [AbsenceRow(*row) for row in rows]


def list_recently_away(session: Session, *, today: date, after: int, limit: int) -> list[int]:
    """List agents with an absence that is not long over, by id, from the one after ``after``."""
    return list(
        session.scalars(
            sa.select(Absence.agent_id)
            .where(
                Absence.ends_on >= today - RECENT,
                Absence.cancelled_at.is_(None),
                Absence.agent_id > after,
            )
            .distinct()
            .order_by(Absence.agent_id)
            .limit(limit)
        )
    )


def list_changes(
    session: Session,
    *,
    agent_ids: Sequence[int],
    further: Span | None = None,
    without: int | None = None,
) -> list[Change]:
    """List the due dates of these agents that their absences move.

    For a page that says what would be done: ``further`` is an absence that is not entered yet,
    ``without`` the id of one that is not cancelled yet.
    """
    spans = map_spans(session, agent_ids=agent_ids, without=without)
    changes = []
    for row in session.execute(select_owed(agent_ids)):
        away = [*spans[row.agent_id], *([further] if further else [])]
        base = row.base_due_on or row.due_on
        days = [day_of(row.enrolled_at), row.opens_on or date.min]
        if row.restored_at is not None:
            days.append(day_of(row.restored_at))
        due_on = postpone(base, max(days), away)
        if due_on != row.due_on:
            changes.append(Change(row.id, due_on, base if due_on != base else None))
    return changes


@dataclass(frozen=True, slots=True)
class Ending:
    """What cancelling an absence would do."""

    absence: AbsenceRow
    back: int
    """Due dates that would come back."""
    past: int
    """Those among them that are over already."""

    @property
    def seen(self) -> str:
        """Write what was shown, to compare with what is confirmed."""
        return f"{self.absence.id} {self.back} {self.past}"


def foresee_ending(
    session: Session, *, agent_id: int, absence_id: int, today: date
) -> Ending | None:
    """Work out what cancelling an absence would do; None where there is none to cancel."""
    rows = list_absences(session, agent_id=agent_id)
    row = next((one for one in rows if one.id == absence_id and one.cancelled_at is None), None)
    if row is None:
        return None
    changes = list_changes(session, agent_ids=[agent_id], without=absence_id)
    return Ending(row, len(changes), sum(one.due_on < today for one in changes))


def select_owed(agent_ids: Sequence[int]) -> sa.Select[*tuple[object, ...]]:
    """Select what these agents owe and have not completed, with since when it is asked."""
    restored = (
        sa.select(sa.func.max(EnrolmentRelease.ended_at))
        .where(EnrolmentRelease.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return (
        sa.select(
            Enrolment.id, Enrolment.agent_id, Enrolment.due_on, Enrolment.base_due_on,
            Enrolment.enrolled_at, Campaign.opens_on, restored.label("restored_at"),
        )
        .outerjoin(Campaign, Campaign.id == Enrolment.campaign_id)
        .where(
            Enrolment.agent_id.in_(list(agent_ids)),
            Enrolment.due_on.is_not(None),
            is_open(Enrolment),
            sa.not_(is_released(Enrolment)),
        )
        .order_by(Enrolment.id)
    )  # fmt: skip


def map_spans(
    session: Session, *, agent_ids: Sequence[int], without: int | None = None
) -> dict[int, list[Span]]:
    """Map agents to the days they are away; those of the absence ``without`` are left out."""
    rows = session.execute(
        sa.select(Absence.agent_id, Absence.starts_on, Absence.ends_on).where(
            Absence.agent_id.in_(list(agent_ids)),
            Absence.cancelled_at.is_(None),
            Absence.id != (without or 0),
        )
    )
    spans: dict[int, list[Span]] = defaultdict(list)
    for agent_id, starts_on, ends_on in rows:
        spans[agent_id].append(Span(starts_on, ends_on))
    return spans
