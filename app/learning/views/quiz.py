"""The rules of the graded quiz, and its start."""

from __future__ import annotations

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from app.access import policy
from app.addresses import url_for
from app.database import utc_now, write
from app.dialect.compiled import Prose
from app.extensions import db
from app.learning.drawing import count_asked
from app.learning.exercises import show_blocks
from app.learning.progress import refusal
from app.learning.queries.attempts import list_sittings
from app.learning.queries.corrections import list_raised
from app.learning.renewing import most_asked
from app.learning.scoring import NothingAsked
from app.learning.services.attempts import AttemptRefused, start_attempt
from app.learning.views.blueprint import bp
from app.learning.views.lesson import Lesson, open_lesson
from app.learning.views.paper import first_left_url, open_paper
from app.learning.views.reading import still_to_reread


@bp.get("/<slug>/evaluation")
@policy()
def quiz(slug: str) -> ResponseReturnValue:
    """Say the rules, what must come before, and what was done already."""
    return show_quiz(open_lesson(slug))


def show_quiz(lesson: Lesson) -> str:
    """Make the page of the quiz."""
    to_reread = still_to_reread(lesson)
    evaluation = lesson.module.evaluation
    blocks = evaluation.shown_to(lesson.corps) if evaluation else ()
    return render_template(
        "learning/quiz.html",
        lesson=lesson,
        blocks=show_blocks([b for b in blocks if isinstance(b, Prose)], {}, seed=0),
        count=count_asked(lesson.module, lesson.corps, most_asked(lesson.place)),
        to_reread=to_reread,
        sittings=list_sittings(db.session, enrolment_id=lesson.place.enrolment_id),
        raised=list_raised(db.session, enrolment_id=lesson.place.enrolment_id),
        why=refusal(lesson.progress, to_reread=to_reread, completed=lesson.place.is_completed),
    )


@bp.post("/<slug>/tentatives")
@policy()
def start(slug: str) -> ResponseReturnValue:
    """Open an attempt, or go back to the one that is open."""
    lesson = open_lesson(slug)
    try:
        attempt_id = write(
            start_attempt,
            agent_id=lesson.place.agent_id,
            enrolment_id=lesson.place.enrolment_id,
            version_id=lesson.place.version_id,
            module=lesson.module,
            pass_mark=lesson.pass_mark,
            corps=lesson.corps,
            now=utc_now(),
        )
    except (AttemptRefused, NothingAsked):
        return show_quiz(open_lesson(slug)), 409
    if lesson.place.open_attempt_id is None:  # Nothing is answered yet.
        return redirect(url_for(".question", slug=slug, attempt_id=attempt_id, number=1), 303)
    return redirect(first_left_url(open_paper(slug, attempt_id)), 303)
