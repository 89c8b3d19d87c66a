"""What each agent owes of each module, and what they have done of it, as statements.

The latest cycle of each counts. A cycle and its flags stand in one number, so that they are
compared at once, and on SQLite the greatest is that of the latest cycle: nothing is read twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from app.campaigns.models import Campaign
from app.database import ALL_ROWS
from app.learning.models import Completion, Enrolment
from app.learning.owing import list_released
from app.statistics.counting import (
    LATE,
    NOT_STARTED,
    OF_PLACE,
    OF_STANDING,
    PERSON,
    Rows,
    flag,
)


def select_facts(*, as_of: date, until: datetime, one_by_one: bool) -> Rows:
    """Select the rows of `FACT`, from what was known at ``until``.

    SQLite looks completions up ``one_by_one``, along an index; PostgreSQL goes through two indexes
    side by side, and reads nothing else (`add_latest_cycle`).
    """
    select = select_one_by_one if one_by_one else select_along_keys
    found = select(as_of=as_of, until=until).subquery("latest")
    owed, done = found.c.owed, found.c.done
    standing = sa.case(
        (done // 2 >= owed // 4, done % 2),  # An unknown completion is none.
        else_=NOT_STARTED + owed // 2 % 2 + owed % 2 * (LATE - NOT_STARTED),
    )
    place = sa.cast(found.c.place_id, sa.BigInteger) * OF_PLACE
    mark = place + standing * OF_STANDING + found.c.module_id
    return sa.select(found.c.agent_id, mark.label("mark"))


def number_owed(as_of: date, until: datetime) -> sa.ColumnElement[int]:
    """Write what is owed as a number: its cycle × 4, 2 if it was started, 1 if its date is past."""
    started, late = flag(Enrolment.started_at < until, 2), flag(Enrolment.due_on < as_of)
    return Enrolment.cycle * 4 + started + late


def number_done(as_of: date) -> sa.ColumnElement[int]:
    """Write what is done as a number: its cycle × 2, and 1 if its proof has expired."""
    return Completion.cycle * 2 + flag(Completion.valid_until < as_of)


def is_owed(as_of: date, until: datetime) -> Sequence[sa.ColumnElement[bool]]:
    """Tell the enrolments that were owed, as it was known at ``until``."""
    later = sa.select(Campaign.id).where(Campaign.opens_on > as_of)
    return (
        Enrolment.due_on.is_not(None),
        Enrolment.enrolled_at < until,
        Enrolment.id.not_in(list_released(until=until)),
        # A campaign that came later had not yet given its due date to an own choice.
        sa.or_(Enrolment.campaign_id.is_(None), Enrolment.campaign_id.not_in(later)),
    )


def select_one_by_one(*, as_of: date, until: datetime) -> Rows:
    """Select what is owed and done, each by an index in the order of the agents."""
    owed = (
        sa.select(
            Enrolment.agent_id,
            Enrolment.module_id,
            sa.func.max(number_owed(as_of, until)).label("owed"),
            sa.func.max(PERSON.c.place_id).label("place_id"),
        )
        .select_from(PERSON)
        .join(Enrolment, Enrolment.agent_id == PERSON.c.agent_id)
        .where(*is_owed(as_of, until))
        .group_by(Enrolment.agent_id, Enrolment.module_id)
        .subquery("latest_owed")
    )
    done = (
        sa.select(number_done(as_of))
        .where(
            Completion.agent_id == owed.c.agent_id,
            Completion.module_id == owed.c.module_id,
            Completion.completed_at < until,
        )
        .order_by(Completion.cycle.desc())
        .limit(1)
        .scalar_subquery()
    )
    # With a limit, it is looked up once for each row, not each time that it is named.
    return sa.select(*owed.c, done.label("done")).limit(ALL_ROWS)


def select_along_keys(*, as_of: date, until: datetime) -> Rows:
    """Select what is owed and done from the two indexes that have the latest cycles first."""
    owed = select_latest(Enrolment, number_owed(as_of, until).label("owed"), *is_owed(as_of, until))
    done = select_latest(
        Completion, number_done(as_of).label("done"), Completion.completed_at < until
    )
    same = sa.and_(done.c.agent_id == owed.c.agent_id, done.c.module_id == owed.c.module_id)
    return (
        sa.select(*owed.c, PERSON.c.place_id, done.c.done)
        .select_from(owed)
        .outerjoin(done, same)
        .join(PERSON, PERSON.c.agent_id == owed.c.agent_id)
    )


def select_latest(
    model: type[Enrolment | Completion],
    number: sa.Label[int],
    *conditions: sa.ColumnElement[bool],
) -> sa.Subquery:
    """Select the number of the latest row of each agent and module that meets the conditions."""
    key = (model.agent_id, model.module_id)
    rows = sa.select(*key, number).where(*conditions).order_by(*key, model.cycle.desc())
    return rows.ext(distinct_on(*key)).subquery()
