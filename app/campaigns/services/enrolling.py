"""Enrol whom a campaign concerns, release whom it no longer does."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.audience import Moment, Rows
from app.campaigns.enrolling import select_missing, select_undated
from app.campaigns.models import Campaign
from app.campaigns.queries.duties import Duty, get_duty, list_asking
from app.campaigns.releasing import insert_releases, select_departed, select_returned
from app.journal.services import Action, record
from app.learning.models import Enrolment, EnrolmentRelease
from app.learning.upserts import insert


class CampaignClosed(Exception):
    """The campaign is closed: it enrols nobody any more."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What one run of a campaign changed."""

    added: int = 0
    """Enrolments added."""
    dated: int = 0
    """Enrolments of one's own choice that now have a due date."""
    released: int = 0
    """Enrolments that are no longer owed."""
    restored: int = 0
    """Enrolments that are owed again."""

    def __add__(self, other: Enrolled) -> Enrolled:
        """Sum two runs."""
        return Enrolled(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        )


def enrol(
    session: Session,
    campaign_id: int,
    *,
    today: date,
    now: datetime,
    actor_id: int | None = None,
    first: int = 0,
    last: int | None = None,
    journalled: bool = True,
) -> Enrolled:
    """Bring a campaign's enrolments in line with its audience, for agents of these ids.

    It may run as often as one likes: an enrolment is added once, and the due date of what stays
    owed is never changed. Before the opening it does nothing. Raises `CampaignClosed`.
    """
    campaign = session.get_one(Campaign, campaign_id, with_for_update=True)
    if campaign.closed_at is not None:
        raise CampaignClosed
    if today < campaign.opens_on:
        return Enrolled()
    duty, moment = get_duty(session, campaign_id), Moment(today, now, first, last)
    enrolled = Enrolled()
    if duty.term.asks_on(today):
        enrolled = ask(session, duty, moment)
    enrolled += Enrolled(released=release(session, duty, moment))
    if journalled and (actor_id is not None or enrolled != Enrolled()):
        note_run(session, campaign_id, enrolled, actor_id=actor_id)
    return enrolled


def ask(session: Session, duty: Duty, moment: Moment) -> Enrolled:
    """Owe again, give due dates, then enrol: in this order, so that each is done once."""
    terms: tuple[Any, ...] = (duty.audience, duty.term, duty.slugs, moment)
    restored = restore(session, duty.id, select_returned(*terms), moment.now)
    # Due dates first: the enrolments added next have theirs already.
    dated = give_due_dates(session, duty.id, select_undated(*terms))
    return Enrolled(
        add_enrolments(session, duty.id, select_missing(*terms), moment.now), dated,
        restored=restored,
    )  # fmt: skip


def restore(session: Session, campaign_id: int, returned: Rows, now: datetime) -> int:
    """Owe again what agents who came back were released from, and count it."""
    owing = returned.subquery("owing")
    session.execute(
        sa.update(Enrolment)
        .where(Enrolment.id == owing.c.enrolment_id)
        .values(due_on=owing.c.due_on, base_due_on=None, campaign_id=campaign_id)
        .execution_options(synchronize_session=False)
    )
    return changed(
        session.execute(
            sa.update(EnrolmentRelease)
            .where(
                EnrolmentRelease.ended_at.is_(None),
                EnrolmentRelease.enrolment_id.in_(sa.select(returned.subquery().c.enrolment_id)),
            )
            .values(ended_at=now)
            .execution_options(synchronize_session=False)
        )
    )


def give_due_dates(session: Session, campaign_id: int, undated: Rows) -> int:
    """Give their due date to enrolments that have none, and count them."""
    owing = undated.subquery("owing")
    return changed(
        session.execute(
            sa.update(Enrolment)
            .where(Enrolment.id == owing.c.enrolment_id, Enrolment.due_on.is_(None))
            .values(due_on=owing.c.due_on, campaign_id=campaign_id)
            .execution_options(synchronize_session=False)
        )
    )


def add_enrolments(session: Session, campaign_id: int, missing: Rows, now: datetime) -> int:
    """Add enrolments that nobody else added meanwhile, and count them."""
    rows = missing.subquery("missing")
    selected = sa.select(
        rows.c.agent_id, rows.c.module_id, rows.c.cycle, sa.literal("campaign"),
        sa.literal(campaign_id), rows.c.due_on, sa.literal(now, Enrolment.enrolled_at.type),
    ).where(sa.true())  # fmt: skip
    names = ["agent_id", "module_id", "cycle", "origin", "campaign_id", "due_on", "enrolled_at"]
    added = insert(session, Enrolment).from_select(names, selected, include_defaults=False)
    return changed(
        session.execute(
            added.on_conflict_do_nothing(index_elements=["agent_id", "module_id", "cycle"]),
            execution_options={"preserve_rowcount": True},
        )
    )


def release_departed(
    session: Session, campaign_id: int, *, today: date, now: datetime, first: int = 0,
    last: int | None = None,
) -> Enrolled:  # fmt: skip
    """Release those whom a closed campaign no longer concerns; it enrols nobody."""
    session.get_one(Campaign, campaign_id, with_for_update=True)
    duty = get_duty(session, campaign_id)
    return Enrolled(released=release(session, duty, Moment(today, now, first, last)))


def release(session: Session, duty: Duty, moment: Moment) -> int:
    """Release those whom a campaign no longer concerns, and count what they no longer owe."""
    others = [one for one in list_asking(session) if one.id != duty.id]
    departed = select_departed(duty.id, duty.audience, others, moment)
    names, rows = insert_releases(departed, moment.now)
    released = insert(session, EnrolmentRelease).from_select(names, rows, include_defaults=False)
    return changed(
        session.execute(
            released.on_conflict_do_nothing(
                index_elements=["enrolment_id"], index_where=sa.text("ended_at IS NULL")
            ),
            execution_options={"preserve_rowcount": True},
        )
    )


def note_run(
    session: Session, campaign_id: int, enrolled: Enrolled, *, actor_id: int | None = None
) -> None:
    """Write in the journal what a run changed."""
    record(
        session, Action.CAMPAIGN_ENROLLED, actor_id=actor_id, object_kind="campaign",
        object_id=campaign_id, added=enrolled.added, dated=enrolled.dated,
        released=enrolled.released, restored=enrolled.restored,
    )  # fmt: skip


def changed(result: sa.Result[Any]) -> int:
    """Count the rows that a statement changed."""
    return cast("sa.CursorResult[Any]", result).rowcount
