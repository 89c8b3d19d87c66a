"""Who no longer owes what a campaign asked, and who owes it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.campaigns.audience import Moment, Rows, select_audience
from app.campaigns.cycles import is_open
from app.campaigns.dates import add_days, later_of
from app.campaigns.rules import Audience, Term
from app.catalogue.models import Module
from app.learning.models import Enrolment
from app.learning.owing import is_released
from app.people.models import Agent, Assignment


@dataclass(frozen=True, slots=True)
class Asking:
    """What an open campaign asks, and of whom."""

    id: int
    audience: Audience
    slugs: tuple[str, ...]


def select_departed(
    campaign_id: int, audience: Audience | None, others: Sequence[Asking], moment: Moment
) -> Rows:
    """Select the open enrolments of a campaign whose agent nothing asks them of any more.

    Another open campaign that asks the same module of the agent keeps them owed, unless the module
    was retired. What is completed is not touched; what is started stays started, without being
    owed.
    """
    place = Enrolment
    asked = [is_in(audience, moment)] if audience is not None else []
    asked += [
        sa.and_(
            sa.exists().where(Module.id == place.module_id, Module.slug.in_(other.slugs)),
            is_in(other.audience, moment),
        )
        for other in others
    ]
    return (
        sa.select(place.id.label("enrolment_id"), reason(moment).label("reason"))
        .where(
            place.campaign_id == campaign_id,
            moment.within(place.agent_id),
            place.due_on.is_not(None),
            sa.not_(is_released(place)),
            is_open(place),
            sa.or_(is_retired(), sa.and_(sa.true(), *(sa.not_(one) for one in asked))),
        )
        .order_by(place.id)
    )


def is_in(audience: Audience, moment: Moment) -> sa.ColumnElement[bool]:
    """Tell whether the agent of an enrolment is in an audience."""
    people = select_audience(audience, moment).where(Agent.id == Enrolment.agent_id)
    return people.correlate(Enrolment).exists()


def is_retired() -> sa.ColumnElement[bool]:
    """Tell whether the module of an enrolment was retired: it may be finished, nobody owes it."""
    return sa.exists().where(Module.id == Enrolment.module_id, Module.retired_at.is_not(None))


def reason(moment: Moment) -> sa.ColumnElement[str]:
    """Say why nothing is owed: no assignment holds the agent, the module, or the audience."""
    here = (
        sa.select(Agent.id)
        .join(Assignment, Assignment.agent_id == Agent.id)
        .where(
            Agent.id == Enrolment.agent_id,
            sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > moment.now),
            sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > moment.today),
        )
        .correlate(Enrolment)
    )
    return sa.case(
        (sa.not_(here.exists()), "organisation"), (is_retired(), "module"), else_="audience"
    )


def select_returned(audience: Audience, term: Term, slugs: Sequence[str], moment: Moment) -> Rows:
    """Select the enrolments that agents who came back owe again, and by when.

    The date they had stays when it is later; a delay runs again from their return.
    """
    people = select_audience(audience, moment).subquery("audience")
    place = Enrolment
    return (
        sa.select(place.id.label("enrolment_id"), again_on(term, moment).label("due_on"))
        .join(people, people.c.agent_id == place.agent_id)
        .join(Module, Module.id == place.module_id)
        .where(
            moment.within(place.agent_id),
            Module.slug.in_(list(slugs)),
            Module.retired_at.is_(None),
            is_released(place),
            is_open(place),
        )
    )


def again_on(term: Term, moment: Moment) -> sa.ColumnElement[Any]:
    """Give the due date of what is owed again today."""
    kept = sa.func.coalesce(Enrolment.base_due_on, Enrolment.due_on)
    today = sa.literal(moment.today, sa.Date())
    found = term.window.on(moment.today) if term.window is not None else None
    if found is not None:
        arrived = add_days(today, sa.literal(term.delay_days or 0, sa.Integer()))
        return later_of(kept, later_of(sa.literal(found.ends, sa.Date()), arrived))
    if term.due_on is not None and term.due_on >= moment.today:
        return later_of(kept, sa.literal(term.due_on, sa.Date()))
    return later_of(kept, add_days(today, sa.literal(term.again_days, sa.Integer())))


def insert_releases(rows: Rows, now: datetime) -> tuple[list[str], Rows]:
    """Give the columns and the rows that release these enrolments now."""
    departed = rows.subquery("departed")
    chosen = sa.select(
        departed.c.enrolment_id, departed.c.reason, sa.literal(now, Enrolment.enrolled_at.type)
    )
    return ["enrolment_id", "reason", "released_at"], chosen.where(sa.true())
