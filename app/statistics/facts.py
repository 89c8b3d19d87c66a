"""What each agent owes of each module, and what they have done of it, as statements.

The latest cycle of each counts. A cycle and its flags stand in one number, whose greatest is that
of the latest cycle: all is read in one pass, without looking each row up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.campaigns.models import Campaign
from app.database import ALL_ROWS
from app.learning.models import Completion, Enrolment
from app.learning.owing import list_released
from app.statistics.counting import (
    LATE,
    NOT_STARTED,
    OF_MODULE,
    OF_PLACE,
    PERSON,
    Rows,
    flag,
)

MODULE_BITS, OWED = 20, 2**19
"""How a pile tells whose each number is, and what is owed from what is done, which is smaller."""


def select_facts(*, as_of: date, until: datetime, one_by_one: bool) -> Rows:
    """Select the rows of `FACT`, from what was known at ``until``.

    SQLite looks completions up ``one_by_one``, along an index; PostgreSQL sorts all in one pile,
    in two thirds of the time that it takes to sort each and join them.
    """
    select = select_one_by_one if one_by_one else select_pile
    found = select(as_of=as_of, until=until).subquery("latest")
    owed, done = found.c.owed, found.c.done
    standing = sa.case(
        (done // 2 >= owed // 4, done % 2),  # An unknown completion is none.
        else_=NOT_STARTED + owed // 2 % 2 + owed % 2 * (LATE - NOT_STARTED),
    )
    place = sa.cast(found.c.place_id, sa.BigInteger) * OF_PLACE
    mark = place + found.c.module_id * OF_MODULE + standing
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


def select_pile(*, as_of: date, until: datetime) -> Rows:
    """Select what is owed and done from one pile of numbers, sorted by agent and module."""
    pile = sa.union_all(
        sa.select(number_whose(Enrolment), (OWED + number_owed(as_of, until)).label("number"))
        .where(*is_owed(as_of, until)),
        sa.select(number_whose(Completion), number_done(as_of).label("number"))
        .where(Completion.completed_at < until),
    ).subquery("pile")  # fmt: skip
    whose, number = pile.c
    greatest = sa.func.max(number)
    latest = (
        sa.select(
            whose,
            (greatest - OWED).label("owed"),
            sa.func.max(sa.case((number < OWED, number))).label("done"),
        )
        .group_by(whose)
        .having(greatest >= OWED)
        .subquery("latest_of_pile")
    )
    agent_id = latest.c.whose.bitwise_rshift(MODULE_BITS)
    module_id = latest.c.whose.bitwise_and(2**MODULE_BITS - 1)
    return sa.select(
        PERSON.c.agent_id, module_id.label("module_id"), PERSON.c.place_id,
        latest.c.owed, latest.c.done,
    ).join(PERSON, PERSON.c.agent_id == agent_id)  # fmt: skip


def number_whose(model: type[Enrolment | Completion]) -> sa.Label[Any]:
    """Write the agent and the module of a row as one number."""
    agent = sa.cast(model.agent_id, sa.BigInteger).bitwise_lshift(MODULE_BITS)
    return (agent + model.module_id).label("whose")
