"""Enrol, take a module up, read it step by step, keep its reflex sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.addresses import url_for
from app.catalogue.glossaries import open_glossary
from app.database import utc_now, write
from app.dialect.compiled import AnyItem, Dilemma, Question, Step
from app.extensions import db
from app.learning.exercises import show_blocks
from app.learning.progress import Room
from app.learning.progress import resume as find_resumption
from app.learning.queries.practice import list_tried
from app.learning.scoring import Score
from app.learning.services import enrolments
from app.learning.services.rereading import NONE_KNOWN, list_to_reread
from app.learning.shown import Refused
from app.learning.views.blueprint import bp
from app.learning.views.lesson import Lesson, open_lesson


@dataclass(frozen=True, slots=True)
class ExerciseLinks:
    """Where the exercises of a step post to, and where one is begun afresh."""

    slug: str
    step_id: str

    def act(self, item_id: str) -> str:
        """Give the address that an exercise posts to."""
        target = url_for("learning.practise", slug=self.slug, item_id=item_id)
        return f"{target}#exercice-{item_id}"

    def again(self, item_id: str) -> str:
        """Give the address that shows an exercise as if it had not been answered."""
        target = url_for("learning.step", slug=self.slug, step_id=self.step_id, encore=item_id)
        return f"{target}#exercice-{item_id}"


@bp.post("/<slug>/inscription")
@policy()
def enrol(slug: str) -> ResponseReturnValue:
    """Give the agent a place on a module, and take them to it."""
    try:
        write(enrolments.enrol, agent_id=current_agent().id, slug=slug, now=utc_now())
    except enrolments.NotOffered:
        abort(404)
    return redirect(url_for(".resume", slug=slug), 303)


@bp.get("/<slug>")
@policy()
def resume(slug: str) -> ResponseReturnValue:
    """Go exactly where the agent stopped; to the beginning where that is asked for."""
    lesson = open_lesson(slug)
    if request.args.get("debut") and lesson.progress.steps:
        return redirect(lesson.step_url(lesson.progress.steps[0].id))
    found = find_resumption(
        lesson.progress,
        open_attempt=lesson.place.open_attempt_id,
        to_reread=still_to_reread(lesson),
        completed=lesson.place.is_completed,
    )
    if found.room is Room.STEP:
        return redirect(url_for(".step", slug=slug, step_id=found.step_id))
    if found.room is Room.ATTEMPT:
        return redirect(url_for(".take_up", slug=slug, attempt_id=found.attempt_id))
    return redirect(url_for(".quiz", slug=slug))


@bp.route("/<slug>/etapes/<step_id>", methods=["GET", "POST"])
@policy()
def step(slug: str, step_id: str) -> ResponseReturnValue:
    """Show a step, or record that it was read and go on to the next."""
    lesson = open_lesson(slug)
    read = lesson.step(step_id)
    if request.method != "POST":
        return show_step(lesson, read, again=request.args.get("encore", ""))
    after = lesson.progress.following(step_id, still_to_reread(lesson))
    try:
        write(
            enrolments.move_on,
            agent_id=lesson.place.agent_id,
            enrolment_id=lesson.place.enrolment_id,
            pin=lesson.pin,
            step_id=step_id,
            dilemmas=[item for item in items_of(lesson, read) if isinstance(item, Dilemma)],
            now=utc_now(),
        )
    except enrolments.DilemmasUnfinished as refused:
        return show_step(lesson, read, unfinished=refused.dilemmas), 422
    if after is None:
        return redirect(url_for(".quiz", slug=slug), 303)
    return redirect(lesson.step_url(after), 303)


def show_step(
    lesson: Lesson,
    read: Step,
    *,
    again: str = "",
    unfinished: tuple[Dilemma, ...] = (),
    refused: Refused | None = None,
) -> str:
    """Make the page of a step; an answer that was ``refused`` is shown again as it was typed."""
    exercises = [item.id for item in items_of(lesson, read)]
    enrolment_id = lesson.place.enrolment_id
    to_reread = still_to_reread(lesson)
    tried = (
        list_tried(db.session, enrolment_id=enrolment_id, item_ids=exercises) if exercises else {}
    )
    return render_template(
        "learning/step.html",
        lesson=lesson,
        step=read,
        previous=lesson.progress.before(read.id),
        following=lesson.progress.following(read.id, to_reread),
        to_reread=to_reread,
        blocks=show_blocks(
            read.shown_to(lesson.corps),
            tried,
            seed=enrolment_id,
            again=again,
            refused=refused,
            terms=open_glossary(db.session, lesson.module.language).terms,
        ),
        links=ExerciseLinks(lesson.place.slug, read.id),
        unfinished=unfinished,
    )


def items_of(lesson: Lesson, read: Step) -> list[AnyItem]:
    """List the items of a step that the agent sees."""
    blocks = read.shown_to(lesson.corps)
    return [block.item for block in blocks if isinstance(block, Question)]


def still_to_reread(lesson: Lesson, marked: Mapping[int, Score] = NONE_KNOWN) -> tuple[Step, ...]:
    """List what a failed attempt asks to read again; ``marked`` holds scores known by attempt."""
    if not lesson.may_ask_again:
        return ()
    return list_to_reread(
        db.session,
        enrolment_id=lesson.place.enrolment_id,
        module=lesson.module,
        corps=lesson.corps,
        marked=marked,
    )


@bp.get("/<slug>/fiche-reflexe")
@policy()
def reflex(slug: str) -> ResponseReturnValue:
    """Show the page to print and keep."""
    lesson = open_lesson(slug)
    if lesson.module.reflex is None:
        abort(404)
    blocks = show_blocks(lesson.module.reflex.shown_to(lesson.corps), {}, seed=0)
    return render_template("learning/reflex.html", lesson=lesson, blocks=blocks)
