"""Who a campaign still has to enrol: selects that the preview counts and the act inserts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.campaigns.audience import Moment, Rows, select_audience
from app.campaigns.cycles import is_open, is_proven, may_renew
from app.campaigns.dates import add_days, later_of
from app.campaigns.rules import Audience, Term
from app.catalogue.models import Module
from app.learning.models import Completion, Enrolment


def due_date(
    term: Term,
    moment: Moment,
    arrived_on: sa.SQLColumnExpression[Any],
    expired_on: sa.SQLColumnExpression[Any] | None = None,
) -> sa.ColumnElement[Any]:
    """Write `Term.due_date` in SQL, for what opens today."""

    def day(value: Any) -> sa.ColumnElement[Any]:
        return sa.literal(value, sa.Date())

    today = day(moment.today)
    if term.window is not None:
        found = term.window.on(moment.today)
        late = add_days(arrived_on, sa.literal(term.delay_days or 0, sa.Integer()))
        return later_of(day(found.ends), late) if found is not None else sa.null()
    if term.due_on is not None and expired_on is None:
        return day(term.due_on)
    days = sa.literal(term.allowed_days, sa.Integer()) if may_delay(term) else None
    start = later_of(arrived_on, day(term.opens_on))
    if expired_on is not None:
        start = later_of(start, expired_on)
    # What opens late, for someone loaded or back after the fact, is never due in the past.
    due = add_days(start, days) if days is not None else day(term.due_on)
    delayed = sa.case((due >= today, due), else_=add_days(today, days)) if days is not None else due
    if expired_on is None:
        return delayed
    choices = [(expired_on >= today, expired_on)]
    if term.due_on is not None:
        choices.append((expired_on < day(term.due_on), day(term.due_on)))
    return sa.case(*choices, else_=delayed)


def may_delay(term: Term) -> bool:
    """Tell whether a duty has a number of days to leave: a date that asks once has none."""
    return term.delay_days is not None or term.due_on is None or term.kind != "once"


def select_missing(audience: Audience, term: Term, slugs: Sequence[str], moment: Moment) -> Rows:
    """Select the enrolments to add: a first cycle, or the next one of a proof to renew."""
    people = select_audience(audience, moment).subquery("audience")
    both = sa.union_all(
        select_first_cycles(people, term, slugs, moment),
        select_renewals(people, term, slugs, moment),
    ).subquery("missing")
    # The same order in every campaign, so that two of them wait rather than deadlock.
    return sa.select(both).order_by(both.c.agent_id, both.c.module_id)


def select_first_cycles(
    people: sa.Subquery, term: Term, slugs: Sequence[str], moment: Moment
) -> Rows:
    """Select the modules on which an agent was never enrolled."""
    known = aliased(Enrolment)
    never = sa.not_(
        sa.exists().where(known.agent_id == people.c.agent_id, known.module_id == Module.id)
    )
    return (
        sa.select(
            people.c.agent_id,
            Module.id.label("module_id"),
            sa.literal(1).label("cycle"),
            due_date(term, moment, people.c.arrived_on).label("due_on"),
        )
        .join(Module, Module.slug.in_(list(slugs)))
        .where(Module.retired_at.is_(None), never)
    )


def select_renewals(people: sa.Subquery, term: Term, slugs: Sequence[str], moment: Moment) -> Rows:
    """Select the modules whose every cycle is completed, and whose last proof is to renew."""
    last, other, proof = Completion, aliased(Enrolment), aliased(Completion)
    # A later cycle, an open one, or another proof that lasts: nothing to ask.
    standing = sa.exists().where(
        other.agent_id == last.agent_id,
        other.module_id == last.module_id,
        sa.or_(other.cycle > last.cycle, is_open(other)),
    )
    lasting = sa.exists().where(
        proof.agent_id == last.agent_id,
        proof.module_id == last.module_id,
        sa.not_(sa.func.coalesce(may_renew(term, proof, moment.today), sa.false())),
    )
    return (
        sa.select(
            last.agent_id,
            last.module_id,
            (last.cycle + 1).label("cycle"),
            due_date(term, moment, people.c.arrived_on, last.valid_until).label("due_on"),
        )
        .join(people, people.c.agent_id == last.agent_id)
        .join(Module, Module.id == last.module_id)
        .where(
            moment.within(last.agent_id),
            Module.slug.in_(list(slugs)),
            Module.retired_at.is_(None),
            may_renew(term, last, moment.today),
            sa.not_(standing),
            sa.not_(lasting),
        )
    )


def select_undated(audience: Audience, term: Term, slugs: Sequence[str], moment: Moment) -> Rows:
    """Select the enrolments of one's own choice that a campaign gives a due date.

    A cycle whose proof is valid comes first: what is done counts as done, it is not asked again.
    """
    today, counts_from = moment.today, term.counts_from(moment.today)
    people = select_audience(audience, moment).subquery("audience")
    own, other, later = aliased(Enrolment), aliased(Enrolment), aliased(Enrolment)
    mine = sa.and_(other.agent_id == own.agent_id, other.module_id == own.module_id)
    after = sa.and_(
        later.agent_id == own.agent_id, later.module_id == own.module_id, later.cycle > own.cycle
    )
    last_proven = sa.and_(
        is_proven(own, today, counts_from),
        sa.not_(sa.exists().where(after, is_proven(later, today, counts_from))),
    )
    last_open = sa.and_(
        is_open(own),
        sa.not_(sa.exists().where(mine, is_proven(other, today, counts_from))),
        sa.not_(sa.exists().where(after, is_open(later))),
    )
    return (
        sa.select(
            own.id.label("enrolment_id"),
            own.agent_id,
            due_date(term, moment, people.c.arrived_on).label("due_on"),
        )
        .join(people, people.c.agent_id == own.agent_id)
        .join(Module, Module.id == own.module_id)
        .where(
            moment.within(own.agent_id),
            own.due_on.is_(None),
            Module.slug.in_(list(slugs)),
            Module.retired_at.is_(None),
            sa.or_(last_proven, last_open),
        )
    )
