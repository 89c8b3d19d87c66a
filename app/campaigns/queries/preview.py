"""What a campaign would do, counted without doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.audience import Moment, select_audience
from app.campaigns.enrolling import select_missing, select_undated
from app.campaigns.releasing import select_returned
from app.campaigns.rules import Audience, Term
from app.people.models import Agent, Assignment

SAMPLE = 10
"""How many names a preview shows."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a campaign would do today."""

    agents: int
    """Agents of the audience."""
    to_add: int
    """Enrolments that it would add."""
    to_date: int
    """Enrolments of one's own choice that would get a due date."""
    to_restore: int = 0
    """Enrolments that would be owed again."""


def preview(
    session: Session,
    audience: Audience,
    term: Term,
    slugs: Sequence[str],
    *,
    today: date,
    now: datetime,
) -> Preview:
    """Count what enrolling would do, without doing it; as on its opening when that is to come."""
    moment = Moment(today, now)
    selects = [select_audience(audience, moment)]
    if term.asks_on(today) or term.window is None:
        terms: tuple[Any, ...] = (audience, term, slugs, moment)
        selects += [
            select_missing(*terms).order_by(None), select_undated(*terms), select_returned(*terms),
        ]  # fmt: skip
    counts = [
        sa.select(sa.func.count()).select_from(statement.subquery()).scalar_subquery()
        for statement in selects
    ]
    found = session.execute(sa.select(*counts)).one()
    return Preview(*found, *([0] * (4 - len(found))))


def count_audience(session: Session, audience: Audience, *, today: date, now: datetime) -> int:
    """Count the agents of an audience."""
    people = select_audience(audience, Moment(today, now)).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(people)) or 0


def count_by_corps(session: Session, audience: Audience, *, today: date, now: datetime) -> list[
    tuple[str, int]
]:  # fmt: skip
    """Count the agents of an audience in each corps."""
    statement = (
        select_audience(audience, Moment(today, now))
        .with_only_columns(Assignment.corps, sa.func.count())
        .group_by(Assignment.corps)
        .order_by(Assignment.corps)
    )
    return [(corps, count) for corps, count in session.execute(statement)]


def list_sample(session: Session, audience: Audience, *, today: date, now: datetime) -> list[str]:
    """List a few names of an audience, in the order of lists."""
    statement = (
        select_audience(audience, Moment(today, now))
        .with_only_columns(Agent.family_name, Agent.given_name)
        .order_by(Agent.search_key)
        .limit(SAMPLE)
    )
    return [f"{family} {given}" for family, given in session.execute(statement)]
