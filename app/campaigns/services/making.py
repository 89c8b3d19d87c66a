"""Make a campaign, launch it, close it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries.duties import get_duty
from app.campaigns.queries.preview import Preview, preview
from app.campaigns.services.enrolling import Enrolled, enrol
from app.campaigns.services.planning import read_columns
from app.journal.services import Action, record
from app.people.models import Agent


class AlreadyLaunched(Exception):
    """The very same campaign is open already, by the same author: a form sent twice."""

    def __init__(self, campaign_id: int) -> None:
        super().__init__(campaign_id)
        self.campaign_id = campaign_id


class CountsMoved(Exception):
    """What the campaign would do is not what its author was shown."""


MOST_AT_ONCE = 20_000
"""How many agents a page enrols; more are left to the run of the night."""


def create(
    session: Session, *, created_by_id: int | None = None, now: datetime, **plan: Any
) -> int:
    """Make a campaign, planned as `read_columns` says; return its id. Nobody is enrolled yet."""
    return add(session, read_columns(session, **plan), created_by_id, now)


def add(
    session: Session, columns: Mapping[str, Any], created_by_id: int | None, now: datetime
) -> int:
    """Add a campaign, and note it."""
    campaign = Campaign(**columns, created_by_id=created_by_id, created_at=now)
    session.add(campaign)
    session.flush()  # The journal and the caller need its id.
    note(session, Action.CAMPAIGN_CREATED, campaign.id, created_by_id, title=campaign.title)
    return campaign.id


def launch(
    session: Session, /, *, today: date, now: datetime, created_by_id: int, seen: Preview,
    **plan: Any,
) -> tuple[int, Enrolled]:  # fmt: skip
    """Make a campaign and, once open, enrol at once; return its id and what changed.

    ``seen`` is what its author was shown: `CountsMoved` is raised where it is no longer so. Sent
    twice, it is one campaign: `AlreadyLaunched`. The enrolments of a large audience are left to
    the next run, in batches.
    """
    # Two presses of one author come one after the other.
    session.get_one(Agent, created_by_id, with_for_update=True)
    columns = read_columns(session, **plan)
    same = find_same(session, created_by_id, columns)
    if same is not None:
        raise AlreadyLaunched(same)
    campaign_id = add(session, columns, created_by_id, now)
    duty = get_duty(session, campaign_id)
    if preview(session, duty.audience, duty.term, duty.slugs, today=today, now=now) != seen:
        raise CountsMoved
    if seen.agents > MOST_AT_ONCE:
        return campaign_id, Enrolled()
    return campaign_id, enrol(session, campaign_id, today=today, now=now, actor_id=created_by_id)


def find_same(session: Session, author_id: int, columns: Mapping[str, Any]) -> int | None:
    """Find the open campaign of an author that has these very columns."""
    opened = sa.select(Campaign).where(
        Campaign.created_by_id == author_id,
        Campaign.closed_at.is_(None),
        Campaign.title == columns["title"],
    )
    for one in session.scalars(opened):
        if all(getattr(one, name) == value for name, value in columns.items()):
            return one.id
    return None


def close(
    session: Session, campaign_id: int, *, now: datetime, actor_id: int | None = None
) -> None:
    """Close a campaign: it enrols nobody any more; what is owed stays owed."""
    campaign = session.get_one(Campaign, campaign_id, with_for_update=True)
    if campaign.closed_at is None:
        campaign.closed_at = now
        note(session, Action.CAMPAIGN_CLOSED, campaign_id, actor_id)


def note(
    session: Session, action: Action, campaign_id: int, actor_id: int | None, **detail: Any
) -> None:
    """Write an act on a campaign in the journal."""
    record(session, action, actor_id=actor_id, object_kind="campaign", object_id=campaign_id,
           **detail)  # fmt: skip
