"""Take a place on a module, start it, move on from its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.dialect.compiled import Dilemma
from app.learning.models import Enrolment, StepVisit
from app.learning.queries.practice import list_tried
from app.learning.upserts import insert
from app.learning.walking import has_ended


class NotYours(LookupError):
    """There is no such row, or it is somebody else's: the same to whoever asks."""


class NotOffered(LookupError):
    """The module does not exist, was never published, or is retired."""


class StartedOtherwise(Exception):
    """The enrolment was started meanwhile on another version than the page showed."""


class DilemmasUnfinished(Exception):
    """Dilemmas of the step have not been walked to an ending."""

    def __init__(self, dilemmas: tuple[Dilemma, ...]) -> None:
        super().__init__()
        self.dilemmas = dilemmas


@dataclass(frozen=True, slots=True)
class Pin:
    """What the first act in a module pins for the whole enrolment."""

    version_id: int
    corps: str


def enrol(session: Session, *, agent_id: int, slug: str, now: datetime) -> int:
    """Give an agent their own place on a module; an existing place, of any cycle, is kept."""
    place = sa.select(Enrolment.id).join(Module, Module.id == Enrolment.module_id)
    place = place.where(Enrolment.agent_id == agent_id, Module.slug == slug)
    found = session.scalar(place.order_by(Enrolment.cycle.desc()).limit(1))
    if found is not None:
        return found
    module_id = session.scalar(
        sa.select(Module.id).where(
            Module.slug == slug,
            Module.retired_at.is_(None),
            sa.exists().where(ModuleVersion.module_id == Module.id),
        )
    )
    if module_id is None:
        raise NotOffered(slug)
    enrolment = Enrolment(agent_id=agent_id, module_id=module_id, origin="own", enrolled_at=now)
    session.add(enrolment)
    session.flush()  # A race on the constraint runs again, and finds the other's row.
    return enrolment.id


PLACE = Enrolment.__table__
LOCK = (
    sa.select(
        PLACE.c.id, PLACE.c.agent_id, PLACE.c.module_id, PLACE.c.cycle, PLACE.c.started_at,
        PLACE.c.version_id, PLACE.c.corps,
    )
    .where(PLACE.c.id == sa.bindparam("enrolment_id"), PLACE.c.agent_id == sa.bindparam("agent_id"))
    .with_for_update()
)  # fmt: skip
"""Built once: every act in a module begins with it."""


def lock_enrolment(
    session: Session, *, agent_id: int, enrolment_id: int
) -> sa.Row[*tuple[Any, ...]]:
    """Return an agent's enrolment, kept from other writers until the end."""
    row = session.execute(LOCK, {"enrolment_id": enrolment_id, "agent_id": agent_id}).first()
    if row is None:
        raise NotYours
    return row


def start(session: Session, *, agent_id: int, enrolment_id: int, pin: Pin, now: datetime) -> None:
    """Lock the enrolment and, at the first act, pin its version and its variant."""
    enrolment = lock_enrolment(session, agent_id=agent_id, enrolment_id=enrolment_id)
    pin_down(session, enrolment, pin=pin, now=now)


def pin_down(
    session: Session, enrolment: sa.Row[*tuple[Any, ...]], *, pin: Pin, now: datetime
) -> None:
    """Pin the version and the variant of a locked enrolment at the first act; keep to them."""
    if enrolment.started_at is None:
        session.execute(
            sa.update(Enrolment)
            .where(Enrolment.id == enrolment.id)
            .values(started_at=now, version_id=pin.version_id, corps=pin.corps)
        )
    elif enrolment.version_id != pin.version_id:
        raise StartedOtherwise


def move_on(
    session: Session,
    *,
    agent_id: int,
    enrolment_id: int,
    pin: Pin,
    step_id: str,
    dilemmas: Iterable[Dilemma],
    now: datetime,
) -> None:
    """Record that a step was read; its dilemmas must have been walked to an ending."""
    start(session, agent_id=agent_id, enrolment_id=enrolment_id, pin=pin, now=now)
    asked = {dilemma.id: dilemma for dilemma in dilemmas}
    if asked:
        tried = list_tried(session, enrolment_id=enrolment_id, item_ids=asked)
        left = tuple(d for d in asked.values() if not has_ended(d, tried[d.id]))
        if left:
            raise DilemmasUnfinished(left)
    visit = insert(session, StepVisit).values(
        enrolment_id=enrolment_id, step_id=step_id, first_read_at=now, last_read_at=now
    )
    session.execute(
        visit.on_conflict_do_update(
            index_elements=["enrolment_id", "step_id"], set_={"last_read_at": now}
        )
    )
