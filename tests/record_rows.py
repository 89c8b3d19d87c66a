"""Factories of the record: a published module, enrolments, attempts, completions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.catalogue.models import Module, ModuleVersion
from app.dialect.compiled import CompiledModule, Prose, Step, to_json
from app.learning.models import Attempt, Completion, Enrolment
from app.people.models import Agent, Assignment, OrganisationalUnit
from tests.factories import Factories

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def version(
    factories: Factories,
    slug: str = "probite",
    *,
    title: str = "Probité",
    steps: tuple[Step, ...] = (),
    **values: Any,
) -> ModuleVersion:
    """Publish a version of a module, with these steps in French."""
    module = factories.session.scalars(
        select(Module).where(Module.slug == slug)
    ).one_or_none() or factories.add(Module(slug=slug))
    steps = steps or tuple(
        Step(id=name, title=name.capitalize(), blocks=(Prose(html=f"<p>{name}</p>"),))
        for name in ("un", "deux", "trois")
    )
    compiled = CompiledModule(
        slug=slug, language="fr", title=title, minutes=30, skills=(), steps=steps,
        audience=("pn", "gn", "pm", "sp", "pref"),
    )  # fmt: skip
    return factories.add(  # type: ignore[no-any-return]
        ModuleVersion(
            **{
                "module_id": module.id,
                "number": 1,
                "kind": "substantial",
                "sha256": "ab" * 32,
                "title": title,
                "minutes": 30,
                "audience": ["pn", "gn", "pm", "sp", "pref"],
                "titles": {"fr": title},
                "summaries": {"fr": f"Résumé de {title}."},
                "sources": {},
                "compiled": {"fr": to_json(compiled)},
            }
            | values
        )
    )


def enrolment(
    factories: Factories,
    agent: Agent,
    published: ModuleVersion,
    *,
    started_at: datetime | None = NOON,
    **values: Any,
) -> Enrolment:
    """Enrol an agent, and start unless ``started_at`` is None."""
    pinned = {"version_id": published.id, "corps": "pn"} if started_at else {}
    return factories.add(  # type: ignore[no-any-return]
        Enrolment(
            **{
                "agent_id": agent.id,
                "module_id": published.module_id,
                "origin": "own",
                "started_at": started_at,
                "enrolled_at": NOON,
            }
            | pinned
            | values
        )
    )


def attempt(
    factories: Factories, place: Enrolment, *, passed: bool = True, **values: Any
) -> Attempt:
    """Sit the quiz of an enrolment and submit it."""
    return factories.add(  # type: ignore[no-any-return]
        Attempt(
            **{
                "enrolment_id": place.id,
                "number": 1,
                "version_id": place.version_id,
                "corps": "pn",
                "language": "fr",
                "draw": [],
                "pass_mark": 80,
                "seed": 1,
                "started_at": NOON,
                "submitted_at": NOON + timedelta(minutes=10),
                "score_numerator": 4 if passed else 1,
                "score_denominator": 5,
                "passed": passed,
            }
            | values
        )
    )


def completion(
    factories: Factories, agent: Agent, published: ModuleVersion, *, cycle: int = 1, **values: Any
) -> Completion:
    """Complete a module: the enrolment, the passing attempt and the permanent fact."""
    place = enrolment(factories, agent, published, cycle=cycle)
    sat = attempt(factories, place)
    unit = factories.session.scalars(
        select(OrganisationalUnit)
        .join(Assignment, Assignment.unit_id == OrganisationalUnit.id)
        .where(Assignment.agent_id == agent.id)
    ).one()
    return factories.add(  # type: ignore[no-any-return]
        Completion(
            **{
                "agent_id": agent.id,
                "module_id": published.module_id,
                "version_id": published.id,
                "enrolment_id": place.id,
                "attempt_id": sat.id,
                "cycle": cycle,
                "completed_at": NOON,
                "valid_until": date(2029, 11, 23),
                "unit_id": unit.id,
                "unit_path": unit.path,
                "unit_names": [unit.name],
                "corps": "pn",
                "grade": "gardien de la paix",
                "category": "application",
            }
            | values
        )
    )
