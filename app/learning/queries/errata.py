"""Reads about errata: which there are, the versions and attempts before them, what they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.learning.models import Answer, Attempt, AttemptCorrection, Completion, Enrolment, Erratum
from app.people.models import Agent

SAT, PLACE, GIVEN, DONE, MADE, AGENT = (
    model.__table__ for model in (Attempt, Enrolment, Answer, Completion, AttemptCorrection, Agent)
)
OTHER = MADE.alias("earlier")
LATER = ModuleVersion.__table__.alias("later")


@dataclass(frozen=True, slots=True)
class ErratumRow:
    """The last erratum of a module, and how far its application is."""

    version_id: int
    module_id: int
    slug: str
    number: int
    published_at: datetime
    applied_at: datetime | None
    finished_at: datetime | None
    reached: int | None


ERRATUM = (
    sa.select(
        ModuleVersion.id, ModuleVersion.module_id, Module.slug, ModuleVersion.number,
        ModuleVersion.published_at, Erratum.applied_at, Erratum.finished_at, Erratum.reached,
    )
    .join(Module, Module.id == ModuleVersion.module_id)
    .outerjoin(Erratum, Erratum.version_id == ModuleVersion.id)
    .where(ModuleVersion.kind == "erratum")
    .order_by(ModuleVersion.number.desc())
    .limit(1)
)  # fmt: skip


def find_erratum(session: Session, slug: str) -> ErratumRow | None:
    """Find the last erratum of a module: it corrects what the ones before it did."""
    row = session.execute(ERRATUM.where(Module.slug == slug)).first()
    return ErratumRow(*row) if row else None


def list_unapplied(session: Session) -> dict[str, int]:
    """Map modules to their last erratum, where nobody has applied it."""
    later = sa.exists().where(
        LATER.c.module_id == ModuleVersion.module_id,
        LATER.c.number > ModuleVersion.number,
        LATER.c.kind == "erratum",
    )
    begun = sa.exists().where(Erratum.version_id == ModuleVersion.id)
    rows = session.execute(
        sa.select(Module.slug, ModuleVersion.id)
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(ModuleVersion.kind == "erratum", ~later, ~begun)
    )
    return {row.slug: row.id for row in rows}


def list_unfinished(session: Session) -> list[int]:
    """List the errata whose application began and did not end."""
    return list(
        session.scalars(
            sa.select(Erratum.version_id)
            .where(Erratum.finished_at.is_(None))
            .order_by(Erratum.version_id)
        )
    )


APPLIED = (
    sa.select(LATER.c.id)
    .select_from(ModuleVersion)
    .join(LATER, LATER.c.module_id == ModuleVersion.module_id)
    .join(Erratum, Erratum.version_id == LATER.c.id)
    .where(ModuleVersion.id == sa.bindparam("version_id"), LATER.c.number > ModuleVersion.number)
    .order_by(LATER.c.number.desc())
    .limit(1)
)
"""Built once: this statement stands on every submission."""


def find_applied(session: Session, *, version_id: int) -> int | None:
    """Find the last erratum, after this version of a module, whose application has begun."""
    return session.scalar(APPLIED, {"version_id": version_id})


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that stands before an erratum."""

    version_id: int
    kind: str


def list_earlier(session: Session, *, module_id: int, before: int | None) -> list[Earlier]:
    """List the versions of a module before a number, oldest first; all of them without one."""
    statement = sa.select(ModuleVersion.id, ModuleVersion.kind).where(
        ModuleVersion.module_id == module_id
    )
    if before is not None:
        statement = statement.where(ModuleVersion.number < before)
    return [Earlier(*row) for row in session.execute(statement.order_by(ModuleVersion.number))]


def count_attempts(session: Session, *, version_ids: Collection[int]) -> int:
    """Count the attempts at some versions."""
    return session.scalar(sa.select(sa.func.count()).where(SAT.c.version_id.in_(version_ids))) or 0


@dataclass(frozen=True, slots=True)
class Sat:
    """An attempt, as an erratum looks at it."""

    id: int
    enrolment_id: int
    agent_id: int
    version_id: int
    language: str
    draw: list[dict[str, Any]]
    pass_mark: int
    submitted_at: datetime | None
    numerator: int
    denominator: int
    stands: bool
    """Whether it passes, by what it earned or by an earlier erratum."""
    may_complete: bool
    """Whether its cycle is not completed and its agent was not erased."""


def earlier_pass(version_id: int | None) -> sa.ColumnElement[bool]:
    """Tell whether an erratum before this one has made the attempt pass."""
    one = sa.exists().where(OTHER.c.attempt_id == SAT.c.id, OTHER.c.passed)
    return one if version_id is None else one.where(OTHER.c.version_id < version_id)


def select_sat(version_id: int | None) -> sa.Select[Any]:
    """Select attempts as the erratum of this version looks at them."""
    completed = sa.exists().where(
        DONE.c.agent_id == PLACE.c.agent_id,
        DONE.c.module_id == PLACE.c.module_id,
        DONE.c.cycle == PLACE.c.cycle,
    )
    erased = AGENT.c.matricule_key.like("erased-%")
    return (
        sa.select(
            SAT.c.id, SAT.c.enrolment_id, PLACE.c.agent_id, SAT.c.version_id, SAT.c.language,
            SAT.c.draw, SAT.c.pass_mark, SAT.c.submitted_at, SAT.c.score_numerator,
            SAT.c.score_denominator, sa.or_(SAT.c.passed, earlier_pass(version_id)),
            ~completed & ~erased,
        )
        .join(PLACE, PLACE.c.id == SAT.c.enrolment_id)
        .join(AGENT, AGENT.c.id == PLACE.c.agent_id)
    )  # fmt: skip


def list_sat(
    session: Session,
    *,
    erratum_id: int | None,
    version_ids: Collection[int],
    after: int,
    size: int,
) -> list[Sat]:
    """List the next attempts at some versions, the open ones too, in the order of their ids."""
    statement = (
        select_sat(erratum_id)
        .where(SAT.c.version_id.in_(version_ids), SAT.c.id > after)
        .order_by(SAT.c.id)
        .limit(size)
    )
    return [Sat(*row) for row in session.execute(statement)]


def get_sat(session: Session, *, erratum_id: int, attempt_id: int) -> Sat:
    """Give one attempt as an erratum looks at it; its owner was checked before."""
    return Sat(*session.execute(select_sat(erratum_id).where(SAT.c.id == attempt_id)).one())


def lock_sat(session: Session, *, version_ids: Collection[int], after: int, size: int) -> None:
    """Keep the next attempts and their enrolments from other writers, the enrolments first."""
    batch = (
        sa.select(SAT.c.id)
        .where(SAT.c.version_id.in_(version_ids), SAT.c.id > after)
        .order_by(SAT.c.id)
        .limit(size)
    )
    ids = session.scalars(batch).all()
    places = sa.select(SAT.c.enrolment_id).where(SAT.c.id.in_(ids))
    session.execute(
        sa.select(PLACE.c.id).where(PLACE.c.id.in_(places)).order_by(PLACE.c.id).with_for_update()
    )
    session.execute(
        sa.select(SAT.c.id).where(SAT.c.id.in_(ids)).order_by(SAT.c.id).with_for_update()
    )


def list_values(
    session: Session, *, attempt_ids: Sequence[int], item_ids: Collection[str]
) -> dict[int, dict[str, Any]]:
    """Map attempts to the answers that count for some questions."""
    last = (
        sa.select(sa.func.max(GIVEN.c.id))
        .where(GIVEN.c.attempt_id.in_(attempt_ids), GIVEN.c.item_id.in_(item_ids))
        .group_by(GIVEN.c.attempt_id, GIVEN.c.item_id)
    )
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = sa.select(GIVEN.c.attempt_id, GIVEN.c.item_id, GIVEN.c.value).where(GIVEN.c.id.in_(last))
    for attempt_id, item_id, value in session.execute(rows):
        values[attempt_id][item_id] = value
    return values
