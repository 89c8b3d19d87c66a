"""Reads for the weekly reminder: who owes what, by batches of ids."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.campaigns.audience import Moment
from app.campaigns.cycles import is_open
from app.campaigns.digests import Debtor, Owed
from app.campaigns.models import MailChoice, Reminder
from app.campaigns.queries.absences import is_away
from app.campaigns.rules import week_of
from app.catalogue.models import Module
from app.learning.models import Enrolment
from app.learning.owing import is_released
from app.people.models import Agent, Assignment

Rows = sa.Select[*tuple[Any, ...]]


def list_debtors(session: Session, moment: Moment) -> list[Debtor]:
    """List who owes something among these ids, by id."""
    return read_debtors(session, select_owed(moment))


def read_debtors(session: Session, statement: Rows) -> list[Debtor]:
    """Gather what each agent owes, in one statement."""
    rows = session.execute(statement)
    return [
        make_debtor(head, [Owed(*row[9:]) for row in own])
        for head, own in groupby(rows, key=lambda row: tuple(row[:9]))
    ]


def make_debtor(head: tuple[Any, ...], owed: list[Owed]) -> Debtor:
    """Read what is known of an agent."""
    agent_id, given_name, family_name, *known = head
    told: tuple[Any, ...] = (*known, owed)
    return Debtor(agent_id, f"{given_name} {family_name}", *told)


def select_owed(moment: Moment) -> Rows:
    """Select what agents at work owe and may still complete, each with what is known of them."""
    choice, today = MailChoice, moment.today
    return (
        sa.select(
            Agent.id, Agent.given_name, Agent.family_name, Agent.language,
            sa.func.coalesce(Agent.email, "") != "", is_away(Agent.id, today),
            choice.weekly_stopped_at.is_not(None), was_reminded(today), told_at(),
            Module.slug, Enrolment.due_on, Enrolment.enrolled_at,
        )
        .join(Enrolment, Enrolment.agent_id == Agent.id)
        .join(Module, Module.id == Enrolment.module_id)
        .outerjoin(choice, choice.agent_id == Agent.id)
        .where(
            moment.within(Agent.id),
            sa.or_(Agent.deactivated_at.is_(None), Agent.deactivated_at > moment.now),
            is_assigned(today),
            Enrolment.due_on.is_not(None),
            Module.retired_at.is_(None),
            is_open(Enrolment),
            sa.not_(is_released(Enrolment)),
        )
        .order_by(Agent.id, Enrolment.due_on, Enrolment.id)
    )  # fmt: skip


def is_assigned(today: date) -> sa.ColumnElement[bool]:
    """Tell whether an agent is assigned somewhere on a day."""
    return sa.exists().where(
        Assignment.agent_id == Agent.id,
        Assignment.starts_on <= today,
        sa.or_(Assignment.ends_on.is_(None), Assignment.ends_on > today),
    )


def was_reminded(today: date) -> sa.ColumnElement[bool]:
    """Tell whether a reminder was written to an agent this week."""
    return sa.exists().where(Reminder.agent_id == Agent.id, Reminder.week_on == week_of(today))


def told_at() -> sa.ScalarSelect[Any]:
    """Select when a reminder was last written to an agent."""
    return (
        sa.select(sa.func.max(Reminder.asked_at))
        .where(Reminder.agent_id == Agent.id)
        .correlate(Agent)
        .scalar_subquery()
    )
