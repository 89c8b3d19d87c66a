"""Reads about what an agent tried in the flow of a module; theirs alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.learning.models import PracticeAnswer


@dataclass(frozen=True, slots=True)
class Tried:
    """An answer in the flow, a choice of a dilemma, or a reflection."""

    item_id: str
    token: str
    walk: int
    value: Any
    received_at: datetime


TRIED = PracticeAnswer.__table__
LIST = (
    sa.select(
        TRIED.c.item_id, TRIED.c.token, TRIED.c.walk, TRIED.c.value, TRIED.c.received_at
    )
    .where(
        TRIED.c.enrolment_id == sa.bindparam("enrolment_id"),
        TRIED.c.item_id.in_(sa.bindparam("item_ids", expanding=True)),
    )
    .order_by(TRIED.c.id)
)  # fmt: skip
"""Built once, on the table: it stands on every step with an exercise."""


def list_tried(
    session: Session, *, enrolment_id: int, item_ids: Collection[str]
) -> dict[str, list[Tried]]:
    """Map items to what was tried on them, oldest first."""
    values = {"enrolment_id": enrolment_id, "item_ids": list(item_ids)}
    tried: dict[str, list[Tried]] = defaultdict(list)
    for row in session.execute(LIST, values):
        tried[row.item_id].append(Tried(*row))
    return tried


def count_tried(session: Session, *, enrolment_id: int) -> int:
    """Count what is kept of an agent's practice in an enrolment."""
    return (
        session.scalar(
            sa.select(sa.func.count()).where(PracticeAnswer.enrolment_id == enrolment_id)
        )
        or 0
    )
