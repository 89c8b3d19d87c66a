"""Open an attempt, save its answers one by one, mark questions to look at again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialect.compiled import CompiledModule
from app.learning.drawing import draw
from app.learning.models import Answer, Attempt, Enrolment, ReviewMark
from app.learning.progress import Refusal, measure, refusal
from app.learning.queries.attempts import count_seen
from app.learning.queries.places import Place, get_place
from app.learning.renewing import list_asked, most_asked
from app.learning.scoring import NothingAsked
from app.learning.services.enrolments import (
    NotYours,
    Pin,
    StartedOtherwise,
    lock_enrolment,
    pin_down,
)
from app.learning.services.rereading import list_to_reread
from app.learning.upserts import insert, insert_into

LARGEST_SEED = 2**31 - 1


class AttemptRefused(Exception):
    """A new attempt may not open now."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


class AlreadySubmitted(Exception):
    """The attempt was handed in: its answers are final."""


class TokenReused(Exception):
    """The token came before with another item or another value."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer that is safe."""

    received_at: datetime


def start_attempt(
    session: Session,
    *,
    agent_id: int,
    enrolment_id: int,
    version_id: int,
    module: CompiledModule,
    pass_mark: int,
    now: datetime,
    corps: str = "",
) -> int:
    """Open an attempt and return its id; where one is open already, return that one.

    ``corps`` is pinned where this is the first act: a renewal may have nothing to read.
    """
    locked = lock_enrolment(session, agent_id=agent_id, enrolment_id=enrolment_id)
    place = get_place(session, enrolment_id=enrolment_id)
    if (locked.version_id or place.version_id) != version_id:
        raise StartedOtherwise
    if place.open_attempt_id is not None:
        return place.open_attempt_id
    variant = locked.corps or corps
    check_may_start(session, place, module, variant)
    seen = count_seen(session, agent_id=agent_id, module_id=locked.module_id)
    seed = secrets.randbelow(LARGEST_SEED)
    asked = draw(module, variant, seen=seen, seed=seed, most=most_asked(place))
    if not asked:
        raise NothingAsked
    pin_down(session, locked, pin=Pin(version_id, variant), now=now)
    taken = sa.select(sa.func.max(Attempt.number)).where(Attempt.enrolment_id == enrolment_id)
    following = sa.func.coalesce(taken.scalar_subquery(), 0) + 1
    attempt = Attempt(
        enrolment_id=enrolment_id, number=following, version_id=version_id,
        corps=variant, language=module.language, draw=asked, pass_mark=pass_mark, seed=seed,
        started_at=now,
    )  # fmt: skip
    session.add(attempt)
    session.flush()  # The page goes to the attempt, so it needs its id.
    return attempt.id


def check_may_start(session: Session, place: Place, module: CompiledModule, corps: str) -> None:
    """Refuse an attempt before all is read, re-read, or after the module is completed."""
    again = list_to_reread(session, enrolment_id=place.enrolment_id, module=module, corps=corps)
    progress = measure(module.steps_for(corps), place.read, list_asked(session, place))
    why = refusal(progress, to_reread=again, completed=place.is_completed)
    if why is not None:
        raise AttemptRefused(why)


SAT, PLACE, GIVEN = Attempt.__table__, Enrolment.__table__, Answer.__table__
LOCK = (
    sa.select(SAT.c.submitted_at)
    .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
    .where(SAT.c.id == sa.bindparam("attempt_id"), PLACE.c.agent_id == sa.bindparam("agent_id"))
    .with_for_update(of=SAT)
)
"""Built once, on the tables, as what follows it: the writer's turn should be short."""


def lock_open(session: Session, *, agent_id: int, attempt_id: int) -> bool:
    """Keep an agent's attempt from other writers; tell whether it is still open."""
    row = session.execute(LOCK, {"attempt_id": attempt_id, "agent_id": agent_id}).first()
    if row is None:
        raise NotYours
    return row.submitted_at is None


ANSWER = ("attempt_id", "item_id", "token", "value", "received_at")
"""The columns of an answer that are given."""


@cache
def add_answer(dialect: str) -> Any:
    """Write the statement that appends an answer to an agent's attempt and keeps it from others.

    It appends nothing where the attempt is not theirs or was handed in, or the token came before.
    """
    values = [sa.bindparam(name, type_=GIVEN.c[name].type) for name in ANSWER]
    open_one = (
        sa.select(*values)
        .select_from(SAT)
        .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
        .where(
            SAT.c.id == sa.bindparam("attempt_id"),
            PLACE.c.agent_id == sa.bindparam("agent_id"),
            SAT.c.submitted_at.is_(None),
        )
        .with_for_update(of=SAT)
    )
    row = insert_into(dialect, Answer).from_select(ANSWER, open_one, include_defaults=False)
    row = row.on_conflict_do_nothing(index_elements=["attempt_id", "token"])
    return row.returning(GIVEN.c.id)


def save_answer(
    session: Session,
    *,
    agent_id: int,
    attempt_id: int,
    item_id: str,
    value: Any,
    token: str,
    now: datetime,
) -> Saved:
    """Append an answer, once per token; the same again gets the same reply, even afterwards.

    It writes by one statement, for `write_at_once`. Raises `TokenReused` when the token came with
    something else, `AlreadySubmitted` after the attempt was handed in.
    """
    row = {"agent_id": agent_id, "attempt_id": attempt_id, "item_id": item_id, "token": token,
           "value": value, "received_at": now}  # fmt: skip
    added = add_answer(session.get_bind().dialect.name)
    if session.execute(added, row).scalar() is not None:
        return Saved(now)
    lock_open(session, agent_id=agent_id, attempt_id=attempt_id)  # Theirs at least, or refused.
    return repeat(session, attempt_id, item_id, value, token)


def repeat(session: Session, attempt_id: int, item_id: str, value: Any, token: str) -> Saved:
    """Give the reply that the answer of this token got."""
    known = session.execute(
        sa.select(Answer.item_id, Answer.value, Answer.received_at).where(
            Answer.attempt_id == attempt_id, Answer.token == token
        )
    ).first()
    if known is None:
        raise AlreadySubmitted
    if (known.item_id, known.value) != (item_id, value):
        raise TokenReused
    return Saved(known.received_at)


def set_mark(
    session: Session, *, agent_id: int, attempt_id: int, item_id: str, marked: bool
) -> None:
    """Mark a question to look at again, or take the mark off."""
    if not lock_open(session, agent_id=agent_id, attempt_id=attempt_id):
        raise AlreadySubmitted
    if marked:
        row = insert(session, ReviewMark).values(attempt_id=attempt_id, item_id=item_id)
        session.execute(row.on_conflict_do_nothing())
    else:
        session.execute(
            sa.delete(ReviewMark).where(
                ReviewMark.attempt_id == attempt_id, ReviewMark.item_id == item_id
            )
        )
