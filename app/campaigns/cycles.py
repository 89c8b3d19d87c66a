"""Whether a cycle of a module is still open, or proven by a completion that holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.campaigns.rules import Term
from app.learning.models import Completion


def holds(proof: Any, today: date, counts_from: datetime | None = None) -> sa.ColumnElement[bool]:
    """Tell whether a completion still holds: until its end, or for the window it was made in."""
    if counts_from is not None:
        return sa.and_(proof.completed_at >= counts_from)
    return sa.or_(proof.valid_until.is_(None), proof.valid_until >= today)


def is_proven(
    enrolment: Any, today: date, counts_from: datetime | None = None
) -> sa.ColumnElement[bool]:
    """Tell whether a cycle has a completion that still holds."""
    proof = aliased(Completion)
    return sa.exists().where(same_cycle(proof, enrolment), holds(proof, today, counts_from))


def is_open(enrolment: Any) -> sa.ColumnElement[bool]:
    """Tell whether a cycle has no completion yet."""
    proof = aliased(Completion)
    return sa.not_(sa.exists().where(same_cycle(proof, enrolment)))


def may_renew(term: Term, proof: Any, today: date) -> sa.ColumnElement[bool]:
    """Tell whether a duty asks a completion again: it has ended, or may be renewed early."""
    counts_from = term.counts_from(today)
    if counts_from is not None:
        return sa.not_(holds(proof, today, counts_from))
    early = term.early_days if term.renews(expired_on=date.max) else 0
    ended = proof.valid_until < today + timedelta(days=early)
    if term.renews(expired_on=date.max):
        return sa.and_(ended)
    return sa.and_(ended, proof.valid_until < (term.due_on or term.opens_on))


def same_cycle(proof: Any, enrolment: Any) -> sa.ColumnElement[bool]:
    """Match a completion with its cycle."""
    return sa.and_(
        proof.agent_id == enrolment.agent_id,
        proof.module_id == enrolment.module_id,
        proof.cycle == enrolment.cycle,
    )
