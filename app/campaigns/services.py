"""The acts of campaigns: making one, enrolling whom it concerns, closing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.campaigns.enrolling import select_missing, select_undated
from app.campaigns.models import Campaign
from app.campaigns.rules import Audience, Term, clean_choices
from app.catalogue.models import LearningPath
from app.journal.services import Action, record
from app.learning.models import Enrolment
from app.people.models import OrganisationalUnit


class UnknownSubject(Exception):
    """The path or the modules of a campaign do not exist, or there are none."""


class CampaignClosed(Exception):
    """The campaign is closed: it enrols nobody any more."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What one run of a campaign changed."""

    added: int = 0
    """Enrolments added."""
    dated: int = 0
    """Enrolments of one's own choice that now have a due date."""


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
    reason: str = "",
    created_by_id: int | None = None,
    now: datetime,
) -> int:
    """Make a campaign on a path, or else on modules, and return its id; nobody is enrolled yet.

    The modules of a path are copied: the path may change later. Raises `UnknownSubject`.
    """
    slugs, validity_months = find_subject(session, path_id, module_slugs)
    campaign = Campaign(
        title=title, reason=reason, path_id=path_id, module_slugs=slugs, unit_id=unit_id,
        corps=clean_choices(corps), grades=clean_choices(grades), opens_on=opens_on, due_on=due_on,
        delay_days=delay_days, validity_months=validity_months, created_by_id=created_by_id,
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


def enrol(
    session: Session, campaign_id: int, *, today: date, now: datetime, actor_id: int | None = None
) -> Enrolled:
    """Enrol whoever the campaign concerns and who does not owe its modules yet.

    It may run as often as one likes: an enrolment is added once, a due date is never changed.
    Before the opening it does nothing. Raises `CampaignClosed`.
    """
    campaign = session.get_one(Campaign, campaign_id, with_for_update=True)
    if campaign.closed_at is not None:
        raise CampaignClosed
    if today < campaign.opens_on:
        return Enrolled()
    unit = session.get_one(OrganisationalUnit, campaign.unit_id)
    audience = Audience(unit.path, frozenset(campaign.corps), frozenset(campaign.grades))
    term = Term(campaign.opens_on, campaign.due_on, campaign.delay_days)
    terms: tuple[Any, ...] = (audience, term, campaign.module_slugs)
    # Due dates first: the enrolments added next have theirs already.
    dated = give_due_dates(session, campaign_id, select_undated(*terms, today=today, now=now))
    missing = select_missing(*terms, today=today, now=now)
    enrolled = Enrolled(add_enrolments(session, campaign_id, missing, now), dated)
    if actor_id is not None or enrolled != Enrolled():
        note(session, Action.CAMPAIGN_ENROLLED, campaign_id, actor_id,
             added=enrolled.added, dated=enrolled.dated)  # fmt: skip
    return enrolled


def launch(
    session: Session, /, *, today: date, now: datetime, created_by_id: int, **plan: Any
) -> tuple[int, Enrolled]:
    """Make a campaign and, once open, enrol at once; return its id and what changed."""
    campaign_id = create(session, created_by_id=created_by_id, now=now, **plan)
    return campaign_id, enrol(session, campaign_id, today=today, now=now, actor_id=created_by_id)


def give_due_dates(session: Session, campaign_id: int, undated: sa.Select[*tuple[Any, ...]]) -> int:
    """Give their due date to enrolments that have none, and count them."""
    owing = undated.subquery("owing")
    result = session.execute(
        sa.update(Enrolment)
        .where(Enrolment.id == owing.c.enrolment_id, Enrolment.due_on.is_(None))
        .values(due_on=owing.c.due_on, campaign_id=campaign_id)
        .execution_options(synchronize_session=False)
    )
    return cast("sa.CursorResult[Any]", result).rowcount


def add_enrolments(
    session: Session, campaign_id: int, missing: sa.Select[*tuple[Any, ...]], now: datetime
) -> int:
    """Add enrolments that nobody else added meanwhile, and count them."""
    rows = missing.subquery("missing")
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    selected = sa.select(
        rows.c.agent_id, rows.c.module_id, rows.c.cycle, sa.literal("campaign"),
        sa.literal(campaign_id), rows.c.due_on, sa.literal(now, Enrolment.enrolled_at.type),
    ).where(sa.true())  # fmt: skip
    names = ["agent_id", "module_id", "cycle", "origin", "campaign_id", "due_on", "enrolled_at"]
    result = session.execute(
        insert(Enrolment)
        .from_select(names, selected, include_defaults=False)
        .on_conflict_do_nothing(index_elements=["agent_id", "module_id", "cycle"]),
        execution_options={"preserve_rowcount": True},
    )
    return cast("sa.CursorResult[Any]", result).rowcount


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
