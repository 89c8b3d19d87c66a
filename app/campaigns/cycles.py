"""Whether a cycle of a module is still open, or proven by a completion that holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.learning.models import Completion


def is_proven(enrolment: Any, today: date) -> sa.ColumnElement[bool]:
    """Tell whether a cycle has a completion that still holds."""
    proof = aliased(Completion)
    holds = sa.or_(proof.valid_until.is_(None), proof.valid_until >= today)
    return sa.exists().where(same_cycle(proof, enrolment), holds)


def is_open(enrolment: Any) -> sa.ColumnElement[bool]:
    """Tell whether a cycle has no completion yet."""
    proof = aliased(Completion)
    return sa.not_(sa.exists().where(same_cycle(proof, enrolment)))


def same_cycle(proof: Any, enrolment: Any) -> sa.ColumnElement[bool]:
    """Match a completion with its cycle."""
    return sa.and_(
        proof.agent_id == enrolment.agent_id,
        proof.module_id == enrolment.module_id,
        proof.cycle == enrolment.cycle,
    )
