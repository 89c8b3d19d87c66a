"""Enter and cancel an agent's absences, and keep due dates in line with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.absences import Span
from app.campaigns.cycles import is_open
from app.campaigns.models import Absence
from app.campaigns.queries.absences import list_changes, overlaps
from app.days import day_of
from app.journal.services import Action, record
from app.learning.models import Enrolment
from app.people import outbox
from app.people.mail_states import MailKind
from app.people.models import Agent

ABSENCES_LAST = timedelta(days=365)


class OverlappingAbsence(Exception):
    """The agent is known to be away on some of these days already."""


class NoSuchAbsence(LookupError):
    """The absence does not exist, is another agent's, or is cancelled."""


def enter(session: Session, *, agent_id: int, span: Span, actor_id: int, now: datetime) -> int:
    """Keep an absence, postpone what is owed, and return how many dates moved.

    A reminder that waits to leave says that none comes during an absence: it does not leave.
    """
    session.get_one(Agent, agent_id, with_for_update=True)  # Two at once wait for each other.
    if overlaps(session, agent_id=agent_id, span=span):
        raise OverlappingAbsence
    session.add(
        Absence(
            agent_id=agent_id, starts_on=span.starts_on, ends_on=span.ends_on,
            entered_by_id=actor_id, entered_at=now,
        )
    )  # fmt: skip
    session.flush()  # The dates are worked out from the table.
    note(session, Action.ABSENCE_ENTERED, agent_id, actor_id)
    if span.covers(day_of(now)):
        outbox.withdraw(session, agent_id=agent_id, kind=MailKind.REMINDER)
    return apply(session, agent_ids=[agent_id])


def cancel(
    session: Session, *, agent_id: int, absence_id: int, actor_id: int, now: datetime
) -> int:
    """Cancel an absence, bring the dates back, and return how many moved."""
    session.get_one(Agent, agent_id, with_for_update=True)
    absence = session.scalars(
        sa.select(Absence).where(
            Absence.id == absence_id,
            Absence.agent_id == agent_id,
            Absence.cancelled_at.is_(None),
        )
    ).one_or_none()
    if absence is None:
        raise NoSuchAbsence
    absence.cancelled_at, absence.cancelled_by_id = now, actor_id
    session.flush()  # The dates are worked out from the table.
    note(session, Action.ABSENCE_CANCELLED, agent_id, actor_id)
    return apply(session, agent_ids=[agent_id])


def apply(session: Session, *, agent_ids: Sequence[int]) -> int:
    """Bring the due dates of these agents in line with their absences; count those that moved."""
    changes = list_changes(session, agent_ids=agent_ids)
    for change in changes:
        session.execute(
            sa.update(Enrolment)
            .where(Enrolment.id == change.enrolment_id)
            .values(due_on=change.due_on, base_due_on=change.base_due_on)
            .execution_options(synchronize_session=False)
        )
    return len(changes)


def note(session: Session, action: Action, agent_id: int, actor_id: int) -> None:
    """Write in the journal that an absence changed; its days are not repeated there."""
    record(session, action, actor_id=actor_id, object_kind="agent", object_id=agent_id)


def forget_old(session: Session, *, today: date) -> int:
    """Delete absences kept long enough, and return how many.

    Those that still postpone something not completed stay until it is.
    """
    place = sa.select(Enrolment.id).where(
        Enrolment.agent_id == Absence.agent_id,
        Enrolment.base_due_on.is_not(None),
        is_open(Enrolment),
    )
    gone = session.execute(
        sa.delete(Absence)
        .where(Absence.ends_on < today - ABSENCES_LAST, sa.not_(place.exists()))
        .returning(sa.literal(1))
    )
    return len(gone.all())
