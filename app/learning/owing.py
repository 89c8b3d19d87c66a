"""Whether an enrolment is owed: it has a due date, and nothing released its agent from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.learning.models import EnrolmentRelease

RELEASE: sa.FromClause = EnrolmentRelease.__table__


def is_released(enrolment: Any, *, until: datetime | None = None) -> sa.ColumnElement[bool]:
    """Tell whether an enrolment is released, now or as it was known at a moment.

    ``enrolment`` is the mapped class, an alias of it, or its table's columns.
    """
    release = RELEASE.alias()
    holds: list[sa.ColumnElement[bool]] = [release.c.ended_at.is_(None)]
    if until is not None:
        moment = sa.literal(until, EnrolmentRelease.released_at.type)
        holds = [
            release.c.released_at < moment,
            sa.or_(release.c.ended_at.is_(None), release.c.ended_at >= moment),
        ]
    return sa.exists().where(release.c.enrolment_id == enrolment.id, *holds)
