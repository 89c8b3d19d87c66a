"""Whom a publication would find on the way."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.learning.models import Completion, Enrolment


class UnderWay(NamedTuple):
    """How many agents have begun a version and not finished it."""

    number: int
    agents: int


def count_under_way(session: Session, slug: str) -> list[UnderWay]:
    """Count the agents under way on each version of a module, the latest first."""
    rows = session.execute(
        select(ModuleVersion.number, func.count())
        .join(Module, Module.id == ModuleVersion.module_id)
        .join(Enrolment, Enrolment.version_id == ModuleVersion.id)
        .outerjoin(Completion, Completion.enrolment_id == Enrolment.id)
        .where(Module.slug == slug, Completion.id.is_(None))
        .group_by(ModuleVersion.number)
        .order_by(ModuleVersion.number.desc())
    )
    return [UnderWay(*row) for row in rows]


def count_completed(session: Session, slug: str) -> int:
    """Count the agents who have completed a module at least once."""
    return (
        session.scalar(
            select(func.count(Completion.agent_id.distinct()))
            .join(Module, Module.id == Completion.module_id)
            .where(Module.slug == slug)
        )
        or 0
    )
