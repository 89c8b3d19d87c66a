"""Rows that campaigns and statistics are about: modules, enrolments, completions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalogue.models import Module, ModuleVersion
from app.learning.models import Attempt, Completion, Enrolment
from app.people.models import Assignment, OrganisationalUnit


def noon(day: date) -> datetime:
    """Give the middle of a day."""
    return datetime.combine(day, time(12), UTC)


def make_module(session: Session, slug: str = "probite", title: str = "Probité") -> Module:
    """Publish a module that has no text."""
    module = Module(slug=slug)
    session.add(module)
    session.flush()
    session.add(
        ModuleVersion(
            module_id=module.id, number=1, kind="substantial", sha256=f"{slug:0<64}", title=title,
            minutes=30, audience=["pn", "gn", "pm", "sp", "pref"],
            titles={"fr": title, "en": f"{title} (en)"}, summaries={"fr": ""}, sources={},
            compiled={},
        )
    )  # fmt: skip
    session.flush()
    return module


def make_enrolment(
    session: Session, agent_id: int, module: Module, *, day: date = date(2026, 1, 10), **values: Any
) -> Enrolment:
    """Enrol an agent by their own choice, unless a due date or a campaign is given."""
    given: dict[str, Any] = {"cycle": 1, "origin": "own", "enrolled_at": noon(day)} | values
    enrolment = Enrolment(agent_id=agent_id, module_id=module.id, **given)
    session.add(enrolment)
    session.flush()
    return enrolment


def complete(
    session: Session,
    enrolment: Enrolment,
    *,
    day: date,
    valid_until: date | None = None,
    tries: int = 1,
    moment: datetime | None = None,
) -> Completion:
    """Start an enrolment if it is not, and pass its quiz at the attempt ``tries``."""
    version_id = session.scalars(
        select(ModuleVersion.id).where(ModuleVersion.module_id == enrolment.module_id)
    ).one()
    assignment, unit = session.execute(
        select(Assignment, OrganisationalUnit)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == enrolment.agent_id)
        .order_by(Assignment.starts_on.desc())
        .limit(1)
    ).one()
    start(session, enrolment, day=day)
    for number in range(1, tries + 1):
        attempt = Attempt(
            enrolment_id=enrolment.id, number=number, version_id=version_id,
            corps=assignment.corps, language="fr", draw=[], pass_mark=80, seed=1,
            started_at=noon(day), submitted_at=noon(day), score_numerator=int(number == tries),
            score_denominator=1, passed=number == tries,
        )  # fmt: skip
        session.add(attempt)
        session.flush()
    completion = Completion(
        agent_id=enrolment.agent_id, module_id=enrolment.module_id, version_id=version_id,
        enrolment_id=enrolment.id, attempt_id=attempt.id, cycle=enrolment.cycle,
        completed_at=moment or noon(day), valid_until=valid_until, unit_id=unit.id,
        unit_path=unit.path, unit_names=[unit.name], corps=assignment.corps, grade=assignment.grade,
        category=assignment.category,
    )  # fmt: skip
    session.add(completion)
    session.flush()
    return completion


def start(session: Session, enrolment: Enrolment, *, day: date) -> None:
    """Pin the version of an enrolment, as its first step does."""
    if enrolment.started_at is None:
        version_id = session.scalars(
            select(ModuleVersion.id).where(ModuleVersion.module_id == enrolment.module_id)
        ).one()
        enrolment.started_at, enrolment.version_id = noon(day), version_id
        enrolment.corps = "pn"
        session.flush()
