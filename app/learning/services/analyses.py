"""Compute what the first attempts at a version say of its questions, and keep it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.dialect.compiled import AnyItem, Dilemma
from app.learning.item_figures import (
    LEAST_ATTEMPTS,
    ItemFigures,
    Observed,
    Sums,
    figures_of,
    renew,
)
from app.learning.models import VersionAnalysis
from app.learning.queries.analyses import FirstAttempt, list_first, list_walked
from app.learning.queries.errata import list_values
from app.learning.scoring import credit, is_blank

CHUNK = 500
"""Attempts read at a time."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A version measured anew."""

    version_id: int
    attempts: int
    items: tuple[ItemFigures, ...]
    stories: tuple[dict[str, Any], ...]


def measure_version(session: Session, *, version_id: int) -> Measured:
    """Measure the questions and the dilemmas of a version; memory does not grow with attempts."""
    sums: dict[str, Sums] = defaultdict(Sums)
    attempts = reached = 0
    while batch := list_first(session, version_id=version_id, after=reached, size=CHUNK):
        for item_id, seen in observe(session, version_id, batch):
            sums[item_id].add(seen)
        attempts += len(batch)
        reached = batch[-1].id
    items = tuple(figures_of(item_id, one) for item_id, one in sorted(sums.items()))
    return Measured(version_id, attempts, items, tuple(measure_stories(session, version_id)))


def observe(
    session: Session, version_id: int, batch: Sequence[FirstAttempt]
) -> Iterator[tuple[str, Observed]]:
    """Give each question of each attempt, with what was answered."""
    modules: dict[str, Mapping[str, AnyItem]] = {}
    asked = {one["item"] for sat in batch for one in sat.draw}
    values = list_values(session, attempt_ids=[sat.id for sat in batch], item_ids=asked)
    for sat in batch:
        if sat.language not in modules:
            module = load(session, version_id, sat.language)
            modules[sat.language] = {item.id: item for item in module.every_item()}
        items = [modules[sat.language][one["item"]] for one in sat.draw]
        yield from observe_items(sat, items, values.get(sat.id, {}))


def observe_items(
    sat: FirstAttempt, items: Sequence[AnyItem], given: Mapping[str, Any]
) -> Iterator[tuple[str, Observed]]:
    """Give each question of an attempt, with the share earned on all the others."""
    possible = sum(item.points for item in items)
    earned = Fraction(sat.numerator, sat.denominator) * possible
    for item in items:
        value = given.get(item.id)
        got, others = credit(item, value), possible - item.points
        rest = float((earned - got * item.points) / others) if others else None
        yield item.id, Observed(float(got), rest, letters_of(item, value), not is_blank(value))


def letters_of(item: AnyItem, value: Any) -> tuple[str, ...]:
    """List the letters that an answer ticks; none for what is typed, ordered or matched."""
    known = {choice.letter for choice in getattr(item, "choices", ())}
    ticked = value if isinstance(value, list) else [value]
    return tuple(one for one in ticked if isinstance(one, str) and one in known)


def measure_stories(session: Session, version_id: int) -> Iterator[dict[str, Any]]:
    """Count, dilemma by dilemma, the agents who made each choice in their first walk."""
    module = load(session, version_id, "fr")
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for item_id, text, agents in list_walked(session, version_id=version_id):
        if not isinstance(module.item(item_id), Dilemma):
            continue
        value = json.loads(text)
        scenes = counts.setdefault(item_id, {})
        scenes.setdefault(value["scene"], {})[str(value["choice"])] = agents
    for item_id, scenes in sorted(counts.items()):
        yield {"item_id": item_id, "n": sum(scenes.get("", {}).values()), "scenes": scenes}


def keep_analysis(session: Session, measured: Measured, *, least: int, now: datetime) -> None:
    """Keep what was measured, except where too few more have answered since it was last kept."""
    kept = session.get(VersionAnalysis, measured.version_id, with_for_update=True)
    if kept is None:
        kept = VersionAnalysis(version_id=measured.version_id, items=[], stories=[])
        session.add(kept)
    before = read_items(kept)
    kept.items = [asdict(one) for one in renew(before, measured.items, least=least)]
    stories = {story["item_id"]: story for story in kept.stories}
    fresh = {story["item_id"]: story for story in measured.stories}
    for item_id, story in fresh.items():
        old = stories.get(item_id)
        if old is None or old["n"] < LEAST_ATTEMPTS or story["n"] - old["n"] >= least:
            stories[item_id] = story
    kept.stories = list(stories.values())
    kept.attempts, kept.computed_at = measured.attempts, now


def read_items(kept: VersionAnalysis) -> list[ItemFigures]:
    """Read the figures of the questions as they were kept."""
    return [ItemFigures(**row) for row in kept.items]
