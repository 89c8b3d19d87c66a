"""Make a campaign, launch it, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries.duties import get_duty
from app.campaigns.queries.preview import Preview, preview
from app.campaigns.rules import Recurring, clean_choices, default_recurrence
from app.campaigns.services.enrolling import Enrolled, enrol
from app.catalogue.models import LearningPath
from app.journal.services import Action, record
from app.people.models import Agent


class UnknownSubject(Exception):
    """The path or the modules of a campaign do not exist, or there are none."""


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
    session: Session,
    *,
    title: str,
    unit_id: int,
    opens_on: date,
    due_on: date | None = None,
    delay_days: int | None = None,
    path_id: int | None = None,
    module_slugs: Sequence[str] = (),
    corps: Sequence[str] = (),
    grades: Sequence[str] = (),
    categories: Sequence[str] = (),
    roles: Sequence[str] = (),
    arrived_since: date | None = None,
    recurrence: Recurring | None = None,
    every_months: int | None = None,
    early_days: int = 0,
    window: tuple[str, str, int] | None = None,
    reason: str = "",
    created_by_id: int | None = None,
    now: datetime,
) -> int:
    """Make a campaign on a path, or else on modules, and return its id; nobody is enrolled yet.

    The modules of a path are copied: the path may change later. ``window`` is its first and last
    days, as ``01-15``, and every how many years. Raises `UnknownSubject`.
    """
    slugs, validity_months = find_subject(session, path_id, module_slugs)
    starts, ends, years = window or (None, None, 1)
    campaign = Campaign(
        title=title, reason=reason, path_id=path_id, module_slugs=slugs, unit_id=unit_id,
        corps=clean_choices(corps), grades=clean_choices(grades),
        categories=clean_choices(categories), roles=clean_choices(roles),
        arrived_since=arrived_since, opens_on=opens_on, due_on=due_on, delay_days=delay_days,
        recurrence=recurrence or default_recurrence(delay_days), early_days=early_days,
        window_from=starts, window_to=ends, window_years=years,
        validity_months=every_months or validity_months, created_by_id=created_by_id,
        created_at=now,
    )  # fmt: skip
    session.add(campaign)
    session.flush()  # The journal and the caller need its id.
    note(session, Action.CAMPAIGN_CREATED, campaign.id, created_by_id, title=title)
    return campaign.id


def find_subject(
    session: Session, path_id: int | None, module_slugs: Sequence[str]
) -> tuple[list[str], int | None]:
    """Find the modules asked, and for how many months a path says that its proofs hold."""
    if path_id is None:
        slugs, validity_months = list(module_slugs), None
    else:
        path = session.get(LearningPath, path_id)
        if path is None:
            raise UnknownSubject
        slugs, validity_months = list(path.module_slugs), path.validity_months
    if not slugs:
        raise UnknownSubject
    return slugs, validity_months


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
    same = find_same(session, created_by_id, plan)
    if same is not None:
        raise AlreadyLaunched(same)
    campaign_id = create(session, created_by_id=created_by_id, now=now, **plan)
    duty = get_duty(session, campaign_id)
    if preview(session, duty.audience, duty.term, duty.slugs, today=today, now=now) != seen:
        raise CountsMoved
    if seen.agents > MOST_AT_ONCE:
        return campaign_id, Enrolled()
    return campaign_id, enrol(session, campaign_id, today=today, now=now, actor_id=created_by_id)


SAME = ("title", "unit_id", "opens_on", "due_on", "delay_days", "arrived_since")
SAME_CHOICES = ("corps", "grades", "categories", "roles")


def find_same(session: Session, author_id: int, plan: Mapping[str, Any]) -> int | None:
    """Find the open campaign of an author that asks this very thing of these very people."""
    slugs, _months = find_subject(session, plan.get("path_id"), plan.get("module_slugs", ()))
    opened = sa.select(Campaign).where(
        Campaign.created_by_id == author_id,
        Campaign.closed_at.is_(None),
        Campaign.title == plan["title"],
    )
    for one in session.scalars(opened):
        kept = all(getattr(one, name) == plan.get(name) for name in SAME)
        chosen = all(
            list(getattr(one, name) or ()) == clean_choices(plan.get(name, ()))
            for name in SAME_CHOICES
        )
        if kept and chosen and list(one.module_slugs) == slugs:
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
