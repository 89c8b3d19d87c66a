"""The result of an attempt with its reasons, and the attempt as it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.database import utc_now, write
from app.dialect import items
from app.extensions import db
from app.learning.correcting import Correction
from app.learning.exercises import tell
from app.learning.queries.attempts import Given
from app.learning.queries.corrections import CorrectedScore, list_corrected
from app.learning.scoring import ItemScore, Score, score
from app.learning.services import errata
from app.learning.services.planning import plan_erratum
from app.learning.shown import ShownItem, Told
from app.learning.views.blueprint import bp
from app.learning.views.lesson import open_lesson
from app.learning.views.paper import Paper, open_paper, read_given
from app.learning.views.reading import still_to_reread


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step as a link names it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question after the attempt was handed in."""

    number: int
    item: ShownItem
    chosen: tuple[str, ...]
    score: ItemScore
    told: Told
    reread: StepLink | None
    """Where to read again what the question is about."""
    by_erratum: ItemScore | None = None
    """What the answer earns by a key corrected since."""


@bp.get("/<slug>/tentatives/<int:attempt_id>/resultat")
@policy()
def result(slug: str, attempt_id: int) -> ResponseReturnValue:
    """Say the score, and for each question the reason and where to read again."""
    paper = open_paper(slug, attempt_id)
    if not paper.is_submitted:
        return redirect(url_for(".overview", slug=slug, attempt_id=attempt_id))
    given = read_given(paper)
    marked = mark(paper, given)
    lesson = open_lesson(slug)
    since = list_corrected(db.session, attempt_id=attempt_id)
    passed = paper.sitting.passed or any(one.passed for one in since)
    return render_template(
        "learning/result.html",
        paper=paper,
        lesson=lesson,
        score=marked,
        since=since,
        passed=passed,
        corrected=correct(paper, given, marked, since),
        to_reread=() if passed else still_to_reread(lesson, {attempt_id: marked}),
    )


@bp.get("/<slug>/tentatives/<int:attempt_id>/revoir")
@policy()
def replay(slug: str, attempt_id: int) -> ResponseReturnValue:
    """Show an attempt as it was seen: texts, draw, order, language, answers, score."""
    paper = open_paper(slug, attempt_id)
    if not paper.is_submitted:
        return redirect(url_for(".overview", slug=slug, attempt_id=attempt_id))
    given = read_given(paper)
    marked = mark(paper, given)
    since = list_corrected(db.session, attempt_id=attempt_id)
    return render_template(
        "learning/replay.html",
        paper=paper, score=marked, corrected=correct(paper, given, marked, since), given=given,
        since=since,
    )  # fmt: skip


@bp.post("/<slug>/tentatives/<int:attempt_id>/correction-lue")
@policy()
def acknowledge(slug: str, attempt_id: int) -> ResponseReturnValue:
    """Note that the agent has read what an erratum made of an attempt."""
    open_paper(slug, attempt_id)
    write(errata.acknowledge, agent_id=current_agent().id, attempt_id=attempt_id, now=utc_now())
    return redirect(url_for("home.index"), 303)


def mark(paper: Paper, given: dict[str, Given]) -> Score:
    """Mark the attempt again for its detail: the same answers give the same score."""
    return score(paper.items, {item_id: one.value for item_id, one in given.items()})


def keys_corrected(paper: Paper, since: list[CorrectedScore]) -> Mapping[str, Correction]:
    """Map the questions of an attempt whose key was corrected since to their correction."""
    if not since:
        return {}
    sitting, erratum_id = paper.sitting, since[0].version_id
    plan = plan_erratum(db.session, version_id=erratum_id, item_ids=sitting.item_ids)
    return plan.corrections.get((sitting.version_id, sitting.language), {})


def correct(
    paper: Paper, given: dict[str, Given], marked: Score, since: list[CorrectedScore]
) -> list[Corrected]:
    """Put each question beside its answer, its reasons and the step to read again."""
    steps = {
        step.id: StepLink(step.id, step.title)
        for step in paper.module.steps_for(paper.sitting.corps)
    }
    keys = keys_corrected(paper, since)
    corrected = []
    for number, (asked, item) in enumerate(
        zip(paper.sitting.draw, paper.items, strict=True), start=1
    ):
        value = given[item.id].value if item.id in given else None
        corrected.append(
            Corrected(
                number,
                paper.shown(asked),
                paper.chosen(asked, value),
                marked.of(item.id),
                tell(items.feedback(item, value)),
                steps.get(item.see or ""),
                ItemScore(item.id, item.points, keys[item.id].credit(value))
                if item.id in keys
                else None,
            )
        )
    return corrected
