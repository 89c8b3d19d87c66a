"""Keep what an agent tries in the flow of a module, and forget it when they ask."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialect.compiled import AnyItem, Dilemma, Reflection
from app.journal.services import Action, record
from app.learning.models import PracticeAnswer
from app.learning.queries.practice import list_tried
from app.learning.services.enrolments import Pin, lock_enrolment, start
from app.learning.upserts import insert
from app.learning.walking import walk_of_choice


def keep(
    session: Session,
    *,
    agent_id: int,
    enrolment_id: int,
    pin: Pin,
    item: AnyItem,
    value: Any,
    token: str,
    now: datetime,
) -> bool:
    """Keep an answer, a dilemma's choice or a reflection, once per token.

    False where nothing was kept: the same was sent before, or the dilemma had moved on.
    """
    start(session, agent_id=agent_id, enrolment_id=enrolment_id, pin=pin, now=now)
    walk: int | None = 1
    if isinstance(item, Dilemma):
        walk = find_walk(session, enrolment_id, item, value, token)
    elif says_otherwise(session, enrolment_id, item.id, value, token):
        token = secrets.token_urlsafe(12)
    if isinstance(item, Reflection):
        forget_earlier(session, enrolment_id, item.id, token)
    if walk is None:
        return False
    row = insert(session, PracticeAnswer).values(
        enrolment_id=enrolment_id, item_id=item.id, token=token, walk=walk, value=value,
        received_at=now,
    )  # fmt: skip
    kept = row.on_conflict_do_nothing(index_elements=["enrolment_id", "token"])
    return session.scalar(kept.returning(PracticeAnswer.id)) is not None


def says_otherwise(
    session: Session, enrolment_id: int, item_id: str, value: Any, token: str
) -> bool:
    """Tell whether a token came before with something else: a page gone back to, then changed."""
    known = session.execute(
        sa.select(PracticeAnswer.item_id, PracticeAnswer.value).where(
            PracticeAnswer.enrolment_id == enrolment_id, PracticeAnswer.token == token
        )
    ).first()
    return known is not None and (known.item_id, known.value) != (item_id, value)


def find_walk(
    session: Session, enrolment_id: int, dilemma: Dilemma, value: Any, token: str
) -> int | None:
    """Tell which walk a choice belongs to; None when it was kept before, or comes too late."""
    tried = list_tried(session, enrolment_id=enrolment_id, item_ids=[dilemma.id])[dilemma.id]
    if any(row.token == token for row in tried):
        return None
    return walk_of_choice(dilemma, tried, value["scene"])


def forget_earlier(session: Session, enrolment_id: int, item_id: str, token: str) -> None:
    """Delete the earlier wording of a reflection: only the last one is the agent's."""
    session.execute(
        sa.delete(PracticeAnswer).where(
            PracticeAnswer.enrolment_id == enrolment_id,
            PracticeAnswer.item_id == item_id,
            PracticeAnswer.token != token,
        )
    )


def forget(
    session: Session, *, agent_id: int, enrolment_id: int, item_id: str | None = None
) -> None:
    """Delete what an agent tried on one item, or on all those of an enrolment."""
    lock_enrolment(session, agent_id=agent_id, enrolment_id=enrolment_id)
    statement = sa.delete(PracticeAnswer).where(PracticeAnswer.enrolment_id == enrolment_id)
    if item_id is not None:
        statement = statement.where(PracticeAnswer.item_id == item_id)
    else:
        record(
            session, Action.PRACTICE_DELETED, actor_id=agent_id, object_kind="enrolment",
            object_id=enrolment_id,
        )  # fmt: skip
    session.execute(statement)
