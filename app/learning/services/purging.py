"""Reduce the practice of a completed module to tallies, once it was kept long enough."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.dialect.compiled import Reflection
from app.journal.services import Action, record
from app.learning.models import Completion, Enrolment, PracticeAnswer, PracticeTally
from app.learning.upserts import insert

REFERENCE = "fr"


def list_due(session: Session, *, days: int, now: datetime) -> list[int]:
    """List the enrolments completed so many days ago of which some practice is still kept."""
    kept = sa.exists().where(PracticeAnswer.enrolment_id == Completion.enrolment_id)
    return list(
        session.scalars(
            sa.select(Completion.enrolment_id)
            .where(Completion.completed_at <= now - timedelta(days=days), kept)
            .order_by(Completion.enrolment_id)
        )
    )


def reduce(session: Session, *, enrolment_id: int) -> int:
    """Count an enrolment's practice into the tallies, delete it, and return how much it was.

    A reflection leaves nothing behind.
    """
    version_id = session.scalar(
        sa.select(Enrolment.version_id).where(Enrolment.id == enrolment_id).with_for_update()
    )
    rows = session.execute(
        sa.select(PracticeAnswer.item_id, PracticeAnswer.value).where(
            PracticeAnswer.enrolment_id == enrolment_id
        )
    ).all()
    if version_id is None or not rows:
        return 0
    private = {
        item.id
        for item in load(session, version_id, REFERENCE).every_item()
        if isinstance(item, Reflection)
    }
    counts = Counter((row[0], canonical(row[1])) for row in rows if row[0] not in private)
    for (item_id, value), count in sorted(counts.items()):
        add_to_tally(session, version_id, item_id, value, count)
    session.execute(sa.delete(PracticeAnswer).where(PracticeAnswer.enrolment_id == enrolment_id))
    record(
        session, Action.PRACTICE_DELETED, actor_id=None, object_kind="enrolment",
        object_id=enrolment_id,
    )  # fmt: skip
    return len(rows)


def canonical(value: Any) -> str:
    """Write a value so that equal ones are written the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def add_to_tally(session: Session, version_id: int, item_id: str, value: str, count: int) -> None:
    """Add to how often a value was given."""
    row = insert(session, PracticeTally).values(
        version_id=version_id, item_id=item_id, value=value, count=count
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=["version_id", "item_id", "value"],
            set_={"count": PracticeTally.count + row.excluded.count},
        )
    )
