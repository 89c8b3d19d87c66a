"""Whom a publication is for, and what an erratum does to the attempts of the past, in counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.catalogue.differences import Change, Difference, Kind, required_kind
from app.catalogue.library import read_volume
from app.catalogue.publishing import changes_between
from app.catalogue.queries import find_latest
from app.dialect.compiled import CompiledModule
from app.extensions import db
from app.i18n import current_language
from app.learning.analysing import smallest_group
from app.learning.queries.corrections import Effect
from app.learning.queries.errata import count_attempts
from app.learning.services.planning import Plan, impact_of, plan_candidate
from app.learning.wording import say_effect
from app.studio.queries import Published
from app.studio.queries.impact import UnderWay, count_completed, count_under_way

MOST_ATTEMPTS = 20_000
"""Attempts that a page marks again; beyond, the command line does it."""


@dataclass(frozen=True, slots=True)
class Told:
    """The effect of an erratum, as far as a page may count it."""

    effect: Effect | None
    """None where there is too much to mark again."""
    sentences: Sequence[str]
    """None of them where too few agents are concerned."""
    least: int
    most: int = MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Impact:
    """Whom a publication finds on the way; with a changed key, what that corrects."""

    under_way: Sequence[UnderWay]
    completed: int
    plan: Plan | None = None
    told: Told | None = None
    corrected: Sequence[str] = ()
    """Titles of the questions that it corrects."""


def differences_since(
    latest: Published | None, modules: Mapping[str, CompiledModule]
) -> list[Difference]:
    """List what a publication would change, in every language that both have.

    What changes in several is told once, in the reader's language where it can be.
    """
    if latest is None:
        return []
    volume = read_volume(db.session, latest.version_id)
    ours = sorted(modules, key=lambda language: language != current_language())
    before = {language: one.module for language, one in volume.items()}
    told: dict[tuple[object, ...], Difference] = {}
    for one in changes_between(before, {language: modules[language] for language in ours}):
        detail = one.detail if one.change is Change.KEY else ()
        told.setdefault((one.change, one.id, detail), one)
    return list(told.values())


def next_page(slug: str, kind: str) -> str:
    """Give the address to go on from: an erratum is still to be applied to what was sat."""
    return url_for("studio.erratum" if kind == Kind.ERRATUM else "studio.module", slug=slug)


def find_impact(
    slug: str, candidate: Mapping[str, CompiledModule], differences: list[Difference]
) -> Impact | None:
    """Say for whom the next version of a module would be; None for a first publication."""
    latest = find_latest(db.session, slug)
    if latest is None:
        return None
    under_way, completed = count_under_way(db.session, slug), count_completed(db.session, slug)
    if required_kind(differences) is not Kind.ERRATUM:
        return Impact(under_way, completed)
    plan = plan_candidate(db.session, module_id=latest.module_id, candidate=candidate)
    corrected = plan.titles(current_language())
    return Impact(under_way, completed, plan, tell(foresee(plan)), corrected)


def foresee(plan: Plan) -> Effect | None:
    """Count what a plan would do; None where there is too much to mark again."""
    if count_attempts(db.session, version_ids=plan.version_ids) > MOST_ATTEMPTS:
        return None
    return impact_of(db.session, plan)


def tell(effect: Effect | None) -> Told:
    """Put an effect in sentences, unless too few agents are concerned."""
    sentences = say_effect(effect) if effect and may_tell(effect) else []
    return Told(effect, sentences, smallest_group())


def may_tell(effect: Effect) -> bool:
    """Tell whether enough agents were asked for their outcomes to be counted on a page."""
    return effect.asked >= smallest_group()
