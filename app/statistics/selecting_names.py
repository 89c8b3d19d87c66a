"""Whom lists name, as statements: not started, late, or whose certificate ends or has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.database import ALL_ROWS
from app.learning.models import Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries import below
from app.statistics.names import PERSON, Rows, is_owed, select_people
from app.statistics.standing import Standing

EXPIRING = {"expiring_30": 30, "expiring_60": 60, "expiring_90": 90}
"""States of those whose certificate ends within so many days."""
EXPIRED = Standing.EXPIRED.value
"""The state of those whose certificate has ended, while the module is still owed."""
People = Callable[..., Rows]
"""Selects columns of agents: those of some units, or all of them."""
ORDER = (
    OrganisationalUnit.path, Agent.family_name, Agent.given_name, Agent.id, Enrolment.module_id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamesAsked:
    """Which names are asked for, all in the viewer's scope."""

    paths: tuple[str, ...]
    module_id: int | None = None
    state: str = ""
    """``late``, ``not_started``, `EXPIRED`, one of `EXPIRING`; else late or not started."""

    @property
    def days(self) -> int | None:
        """Tell within how many days the certificates end, where they are what is asked for."""
        return EXPIRING.get(self.state)

    @property
    def proof(self) -> Standing | None:
        """Tell what has become of the proofs asked for; None where it is not about proofs."""
        if self.state == EXPIRED:
            return Standing.EXPIRED
        return Standing.EXPIRING if self.days is not None else None


def select_names(asked: NamesAsked, today: date) -> Rows:
    """Select who is asked for, as the columns of an `Owing`."""
    if asked.proof is None:
        return select_follow_up(asked, today, *PERSON, sa.null(), sa.null())
    return select_proofs(asked, today, *PERSON, Completion.completed_at, Completion.valid_until)


def select_lines(asked: NamesAsked, today: date, *, numbered: bool = False) -> Rows:
    """Select who is asked for, as a file wants it: name, state, day, unit, module, matricule.

    The database writes what it can: half a million rows are not worth as many objects. Those of
    units that are told when it is run; or all of them, ``numbered`` in the order of the list.
    """
    proof = asked.proof
    idle, late = Enrolment.started_at.is_(None), Enrolment.due_on < today
    state = sa.case(
        (sa.and_(late, idle), Standing.LATE_NOT_STARTED.value),
        (late, Standing.LATE.value), else_=Standing.NOT_STARTED.value,
    )  # fmt: skip
    columns = (
        (Agent.family_name + " " + Agent.given_name).label("name"),
        (sa.literal(proof.value) if proof else state).label("state"),
        sa.cast(Completion.valid_until if proof else Enrolment.due_on, sa.Text).label("day"),
        OrganisationalUnit.name.label("unit"), Enrolment.module_id, Agent.matricule,
    )  # fmt: skip
    select = select_proofs if proof else select_follow_up
    if not numbered:
        return select(asked, today, *columns)
    number = sa.func.row_number().over(order_by=ORDER).label("number")
    every = select(asked, today, *columns, number, people=select_people)
    return every.where(in_scope(asked)).order_by(None)


def select_follow_up(
    asked: NamesAsked, today: date, *columns: Any, people: People | None = None
) -> Rows:
    """Select columns of who has not started or is late, of units told when it is run."""
    late, idle = Enrolment.due_on < today, Enrolment.started_at.is_(None)
    wanted = {"late": late, "not_started": idle}.get(asked.state, sa.or_(late, idle))
    if people:
        mine = sa.and_(Enrolment.agent_id == Agent.id, sa.not_(is_done(Enrolment)), is_owed())
        found = people(today, *columns).join(Enrolment, mine)
    else:
        # Nearly all is done: the keys of an index tell so, and only rows that are left are read.
        key = aliased(Enrolment)
        mine = sa.and_(key.agent_id == Agent.id, sa.not_(is_done(key)))
        left = sa.and_(Enrolment.id == key.id, is_owed())
        found = select_people_of_units(today, *columns).join(key, mine).join(Enrolment, left)
    return found.where(wanted, of_module(asked)).order_by(*ORDER)


def is_done(enrolment: Any) -> sa.ColumnElement[bool]:
    """Tell whether the cycle of an enrolment, or a later one, is completed."""
    return sa.exists().where(
        Completion.agent_id == enrolment.agent_id,
        Completion.module_id == enrolment.module_id,
        Completion.cycle >= enrolment.cycle,
    )


def select_people_of_units(today: date, *columns: Any) -> Rows:
    """Select columns of the agents active today in units that are told when it is run.

    They are gone through in the order of the agents, whatever the order of the units: what is kept
    of several of them on one page of the disk is then read once.
    """
    post = (
        sa.select(Assignment.agent_id, Assignment.unit_id)
        .where(
            Assignment.unit_id.in_(sa.bindparam("unit_ids", expanding=True)),
            Assignment.ends_on.is_(None), Assignment.starts_on <= today,
        )
        .order_by(Assignment.agent_id)
        .limit(ALL_ROWS)  # Without a limit, SQLite takes the order for vain.
        .subquery("post")
    )  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(post)
        .join(Agent, Agent.id == post.c.agent_id)
        .join(OrganisationalUnit, OrganisationalUnit.id == post.c.unit_id)
        .where(Agent.deactivated_at.is_(None))
    )


def select_proofs(
    asked: NamesAsked, today: date, *columns: Any, people: People | None = None
) -> Rows:
    """Select columns of those whose last proof of a module ends soon, or has ended."""
    later, proof = aliased(Completion), Completion
    renewed = sa.exists().where(
        later.agent_id == proof.agent_id, later.module_id == proof.module_id,
        later.cycle > proof.cycle,
    )  # fmt: skip
    if asked.days is None:
        # As figures count it: what is owed is the cycle that the proof was for, or an earlier one.
        ended = sa.and_(proof.valid_until < today, is_owed())
        of_proof = sa.and_(
            Enrolment.agent_id == proof.agent_id, Enrolment.module_id == proof.module_id,
            Enrolment.cycle <= proof.cycle,
        )  # fmt: skip
    else:
        ended = proof.valid_until.between(today, today + timedelta(days=asked.days))
        of_proof = Enrolment.id == proof.enrolment_id
    return (
        (people or select_people_of_units)(today, *columns)
        .join(proof, proof.agent_id == Agent.id)
        .join(Enrolment, of_proof)
        .where(ended, of_module(asked), sa.not_(renewed))
        .order_by(*ORDER)
    )


def of_module(asked: NamesAsked) -> sa.ColumnElement[bool]:
    """Tell the rows of the module asked for, or all of them."""
    return sa.true() if asked.module_id is None else Enrolment.module_id == asked.module_id


def in_scope(asked: NamesAsked) -> sa.ColumnElement[bool]:
    """Tell the units asked for."""
    return sa.or_(sa.false(), *(below(path) for path in asked.paths))
