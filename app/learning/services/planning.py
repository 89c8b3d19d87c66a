"""What an erratum corrects in the versions before it, and what that would change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.differences import Change, compare_item
from app.catalogue.library import load, open_edition
from app.catalogue.models import ModuleVersion
from app.dialect.compiled import CompiledModule
from app.learning.correcting import Correction, find_corrections
from app.learning.queries.corrections import Effect
from app.learning.queries.errata import (
    Earlier,
    Sat,
    list_earlier,
    list_sat,
    list_values,
)

CHUNK = 500
"""Attempts read at a time by a preview."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a version corrects in the versions before it."""

    erratum_id: int | None
    """None as long as it is not published."""
    corrections: Mapping[tuple[int, str], Mapping[str, Correction]]
    """By version and language, the corrected questions."""
    left_out: tuple[str, ...] = ()
    """Titles of the questions whose key changed with their text: they are other questions."""

    @property
    def version_ids(self) -> tuple[int, ...]:
        """List the versions that have something to correct."""
        return tuple(sorted({version_id for version_id, _ in self.corrections}))

    def titles(self, language: str) -> tuple[str, ...]:
        """List the titles of the corrected questions, in this language where they have one."""
        found: dict[str, str] = {}
        for (_, own), corrected in self.corrections.items():
            for one in corrected.values():
                if own == language or one.after.id not in found:
                    found[one.after.id] = one.after.title
        return tuple(found.values())

    def of(self, sat: Sat) -> Mapping[str, Correction]:
        """Give the corrected questions that an attempt was asked."""
        corrected = self.corrections.get((sat.version_id, sat.language), {})
        asked = {one["item"] for one in sat.draw}
        return {item_id: one for item_id, one in corrected.items() if item_id in asked}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt earns by the corrected key."""

    sat: Sat
    share: Fraction

    @property
    def passes(self) -> bool:
        """Tell whether the attempt's pass mark is reached; no rounding anywhere."""
        return self.share * 100 >= self.sat.pass_mark

    @property
    def is_raised(self) -> bool:
        """Tell whether the attempt passes by this erratum alone."""
        return self.passes and not self.sat.stands


@dataclass
class Tally:
    """Outcomes being counted."""

    attempts: int = 0
    asked: set[int] = field(default_factory=set)
    raised: int = 0
    lowered: int = 0
    agents: set[int] = field(default_factory=set)
    completing: set[int] = field(default_factory=set)

    def add(self, outcome: Outcome) -> None:
        """Count an attempt."""
        self.attempts += 1
        self.asked.add(outcome.sat.agent_id)
        if outcome.is_raised:
            self.raised += 1
            self.agents.add(outcome.sat.agent_id)
            if outcome.sat.may_complete:
                self.completing.add(outcome.sat.enrolment_id)
        elif outcome.sat.stands and not outcome.passes:
            self.lowered += 1

    @property
    def effect(self) -> Effect:
        """Give the counts."""
        return Effect(
            attempts=self.attempts, asked=len(self.asked), raised=self.raised,
            lowered=self.lowered, agents=len(self.agents), certificates=len(self.completing),
        )  # fmt: skip


def plan_candidate(
    session: Session, *, module_id: int, candidate: Mapping[str, CompiledModule]
) -> Plan:
    """Plan what a module, not published yet, corrects in all its versions."""
    earlier = list_earlier(session, module_id=module_id, before=None)
    return make_plan(session, None, earlier, candidate)


def plan_erratum(
    session: Session, *, version_id: int, item_ids: Collection[str] | None = None
) -> Plan:
    """Plan what a published erratum corrects in the versions before it, or some questions of it."""
    module_id, number = session.execute(
        sa.select(ModuleVersion.module_id, ModuleVersion.number).where(
            ModuleVersion.id == version_id
        )
    ).one()
    earlier = list_earlier(session, module_id=module_id, before=number)
    languages = open_edition(session, version_id, "").languages
    candidate = {language: load(session, version_id, language) for language in languages}
    return make_plan(session, version_id, earlier, candidate, item_ids)


def make_plan(
    session: Session,
    erratum_id: int | None,
    earlier: Sequence[Earlier],
    candidate: Mapping[str, CompiledModule],
    item_ids: Collection[str] | None = None,
) -> Plan:
    """Plan a correction language by language: an answer was given to a text of one of them."""
    corrections: dict[tuple[int, str], Mapping[str, Correction]] = {}
    left_out: dict[str, str] = {}
    for language, module in candidate.items():
        stages = list(stages_in(session, earlier, language))
        found = find_corrections([stage for _, stage in stages], module, item_ids)
        for (version_id, _), corrected in zip(stages, found, strict=True):
            if corrected:
                corrections[version_id, language] = corrected
        if stages:
            _, (_, last) = stages[-1]
            left_out = find_left_out(last, module, found[-1]) | left_out
    return Plan(erratum_id, corrections, tuple(left_out.values()))


def stages_in(
    session: Session, earlier: Sequence[Earlier], language: str
) -> Iterator[tuple[int, tuple[str, CompiledModule]]]:
    """Go through the versions that have a language, from the last one that lacks it."""
    stages: list[tuple[int, tuple[str, CompiledModule]]] = []
    for one in earlier:
        edition = open_edition(session, one.version_id, language)
        if edition.language != language:
            stages.clear()  # Nothing can be followed through a version without the text.
        else:
            stages.append((one.version_id, (one.kind, edition.module)))
    yield from stages


def find_left_out(
    before: CompiledModule, after: CompiledModule, corrected: Mapping[str, Correction]
) -> dict[str, str]:
    """Map the questions whose key changed, but not it alone, to their title."""
    old = {item.id: item for item in before.every_item()}
    return {
        item.id: item.title
        for item in after.every_item()
        if item.id in old
        and item.id not in corrected
        and any(one.change is Change.KEY for one in compare_item(old[item.id], item))
    }


def impact_of(session: Session, plan: Plan) -> Effect:
    """Count what applying a plan would do to the attempts handed in so far."""
    tally, reached = Tally(), 0
    while True:
        batch = list_sat(
            session, erratum_id=plan.erratum_id, version_ids=plan.version_ids, after=reached,
            size=CHUNK,
        )  # fmt: skip
        for outcome in mark_again(session, plan, batch):
            tally.add(outcome)
        if len(batch) < CHUNK:
            return tally.effect
        reached = batch[-1].id


def mark_again(session: Session, plan: Plan, batch: Sequence[Sat]) -> Iterator[Outcome]:
    """Mark the attempts that were handed in and asked a corrected question."""
    asked = {sat.id: plan.of(sat) for sat in batch if sat.submitted_at is not None}
    ids = [attempt_id for attempt_id, corrected in asked.items() if corrected]
    named = {item_id for corrected in asked.values() for item_id in corrected}
    values = list_values(session, attempt_ids=ids, item_ids=named) if ids else {}
    worth: dict[tuple[int, str], dict[str, int]] = {}
    for sat in batch:
        if corrected := asked.get(sat.id):
            given, edition = values.get(sat.id, {}), (sat.version_id, sat.language)
            if edition not in worth:
                items = load(session, *edition).every_item()
                worth[edition] = {item.id: item.points for item in items}
            possible = sum(worth[edition][one["item"]] for one in sat.draw)
            gained = sum(
                (one.gain(given.get(name)) for name, one in corrected.items()), Fraction(0)
            )
            yield Outcome(sat, Fraction(sat.numerator, sat.denominator) + gained / possible)
