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
    return sa.exists().where(release.c.enrolment_id == enrolment.id, *holds(release, until))


def list_released(*, until: datetime) -> sa.Select[tuple[int]]:
    """Select the ids of all the enrolments that were released at a moment: for a count of all."""
    return sa.select(RELEASE.c.enrolment_id).where(*holds(RELEASE, until))


def holds(release: sa.FromClause, until: datetime | None) -> list[sa.ColumnElement[bool]]:
    """Tell the releases that hold now, or as it was known at a moment."""
    if until is None:
        return [release.c.ended_at.is_(None)]
    moment = sa.literal(until, EnrolmentRelease.released_at.type)
    return [
        release.c.released_at < moment,
        sa.or_(release.c.ended_at.is_(None), release.c.ended_at >= moment),
    ]
