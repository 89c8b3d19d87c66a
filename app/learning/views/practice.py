"""Answer in the flow, walk a dilemma, keep a reflection; delete any of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import policy
from app.database import utc_now, write
from app.dialect.compiled import AnyItem, Dilemma, Reflection
from app.extensions import db
from app.i18n import gettext as _
from app.learning.exercises import order_of
from app.learning.forms import BadAnswer, Sent, read_form, sent_values
from app.learning.queries.practice import count_tried
from app.learning.scoring import is_blank
from app.learning.services import practice as services
from app.learning.shown import Refused
from app.learning.views.blueprint import bp
from app.learning.views.lesson import Lesson, open_lesson
from app.learning.views.reading import show_step
from app.people.settings import NumberKey, get_setting


@bp.post("/<slug>/exercices/<item_id>")
@policy(typed="texte")
def practise(slug: str, item_id: str) -> ResponseReturnValue:
    """Keep what was tried on an exercise, or delete it, and show the exercise again."""
    lesson = open_lesson(slug)
    step, item = lesson.exercise(item_id)
    page = url_for(".step", slug=slug, step_id=step.id)
    if request.form.get("action") == "effacer" or is_emptied(item):
        forget(lesson, item_id)
        return redirect(f"{page}#exercice-{item_id}", 303)
    values = tuple(sent_values(item, request.form))
    try:
        sent = read_form(item, request.form, order_of(item, lesson.place.enrolment_id))
    except BadAnswer as bad:
        return show_step(lesson, step, refused=Refused(item_id, values, bad.reason)), 422
    if is_blank(sent.value):
        return show_step(lesson, step, refused=Refused(item_id, values)), 422
    keep(lesson, item, sent)
    place = "suite" if isinstance(item, Dilemma) else "exercice"
    return redirect(f"{page}#{place}-{item_id}", 303)


def is_emptied(item: AnyItem) -> bool:
    """Tell whether a reflection was sent without a word left in it."""
    return isinstance(item, Reflection) and not request.form.get("texte", "").strip()


def keep(lesson: Lesson, item: AnyItem, sent: Sent) -> None:
    """Keep an answer of the flow."""
    write(
        services.keep,
        agent_id=lesson.place.agent_id,
        enrolment_id=lesson.place.enrolment_id,
        pin=lesson.pin,
        item=item,
        value=sent.value,
        token=sent.token,
        now=utc_now(),
    )


def forget(lesson: Lesson, item_id: str | None = None) -> None:
    """Delete what was tried on one item, or on all."""
    write(
        services.forget,
        agent_id=lesson.place.agent_id,
        enrolment_id=lesson.place.enrolment_id,
        item_id=item_id,
    )


@bp.get("/<slug>/mes-exercices")
@policy()
def my_practice(slug: str) -> ResponseReturnValue:
    """Say what is kept of the agent's practice, and offer to delete it."""
    lesson = open_lesson(slug)
    return render_template(
        "learning/my_practice.html",
        lesson=lesson,
        count=count_tried(db.session, enrolment_id=lesson.place.enrolment_id),
        days=get_setting(db.session, NumberKey.PRACTICE_RETENTION_DAYS),
    )


@bp.post("/<slug>/mes-exercices/suppression")
@policy()
def delete_practice(slug: str) -> ResponseReturnValue:
    """Delete all that the agent tried in a module."""
    forget(open_lesson(slug))
    flash(_("Vos réponses aux exercices de ce module sont effacées."), "success")
    return redirect(url_for(".my_practice", slug=slug), 303)
