"""Answer the quiz, one question a page; each answer is safe before the page says so."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy, wants_json
from app.database import utc_now, write, write_at_once
from app.i18n import show_time
from app.input import read_json_object
from app.learning.forms import BadAnswer, Sent, read_form, read_json, sent_values
from app.learning.scoring import is_blank
from app.learning.services.attempts import (
    AlreadySubmitted,
    Saved,
    TokenReused,
    save_answer,
    set_mark,
)
from app.learning.views.asked import open_asked
from app.learning.views.blueprint import bp
from app.learning.views.paper import (
    Paper,
    first_left_url,
    list_entries,
    open_paper,
    question_url,
    read_given,
    result_url,
)
from app.learning.views.posed import pose
from app.learning.wording import say_problem


@bp.get("/<slug>/tentatives/<int:attempt_id>/reprise")
@policy()
def take_up(slug: str, attempt_id: int) -> ResponseReturnValue:
    """Go to the first question without an answer, or to the list when all have one."""
    return redirect(first_left_url(open_paper(slug, attempt_id)))


@bp.get("/<slug>/tentatives/<int:attempt_id>/questions/<int:number>")
@policy()
def question(slug: str, attempt_id: int, number: int) -> ResponseReturnValue:
    """Show one question, with the answer that is saved."""
    paper = open_paper(slug, attempt_id)
    paper.asked(number)
    if paper.is_submitted:
        return redirect(result_url(paper))
    return show_question(paper, number)


@bp.get("/<slug>/tentatives/<int:attempt_id>/questions")
@policy()
def questions(slug: str, attempt_id: int) -> ResponseReturnValue:
    """Give every question, for the script that goes from one to another without the network."""
    paper = open_paper(slug, attempt_id)
    if paper.is_submitted:
        return {"error": "submitted", "url": result_url(paper)}, 409
    given = read_given(paper)
    numbers = range(1, len(paper.sitting.draw) + 1)
    posed = [pose(paper, given, number) for number in numbers]
    return render_template("learning/questions.html", questions=posed)


def show_question(
    paper: Paper, number: int, *, chosen: tuple[str, ...] | None = None, problem: str = ""
) -> str:
    """Make the page of a question; ``chosen`` keeps what was sent but not saved.

    ``problem`` is the word that says why it was not.
    """
    given = read_given(paper)
    return render_template(
        "learning/question.html",
        paper=paper,
        question=pose(paper, given, number, chosen=chosen, problem=problem),
        entries=list_entries(paper, given, number),
    )


@bp.route("/<slug>/tentatives/<int:attempt_id>/reponses/<item_id>", methods=["PUT", "POST"])
@policy()
def answer(slug: str, attempt_id: int, item_id: str) -> ResponseReturnValue:
    """Save an answer: for a script, by PUT of JSON; for the plain form, by POST."""
    if request.method == "PUT" or wants_json():
        return answer_script(open_asked(slug, attempt_id), item_id)
    paper = open_paper(slug, attempt_id)
    item = paper.item(item_id)
    number, values = paper.number_of(item_id), tuple(sent_values(item, request.form))
    try:
        sent = read_form(item, request.form, paper.order_of(item_id))
    except BadAnswer as bad:
        return show_question(paper, number, chosen=values, problem=bad.reason), 422
    if is_blank(sent.value) and item_id not in read_given(paper):
        return show_question(paper, number, chosen=values, problem="choose"), 422
    try:
        save(paper, item_id, sent)
    except AlreadySubmitted:
        return redirect(result_url(paper), 303)
    except TokenReused:
        return show_question(paper, number, chosen=values, problem="again"), 409
    return redirect(question_url(paper, number + 1), 303)


def answer_script(paper: Paper, item_id: str) -> ResponseReturnValue:
    """Save an answer and reply in JSON."""
    item, order = paper.item(item_id), paper.order_of(item_id)
    try:
        saved = save(paper, item_id, read_json(item, read_json_object(), order))
    except BadAnswer as bad:
        return {"error": "value", "message": say_problem(bad.reason, len(order))}, 422
    except AlreadySubmitted:
        return {"error": "submitted", "url": result_url(paper)}, 409
    except TokenReused:
        return {"error": "token"}, 409
    shown = show_time(saved.received_at)
    return {"saved_at": saved.received_at.isoformat(), "shown": shown}


def save(paper: Paper, item_id: str, sent: Sent) -> Saved:
    """Save an answer of this attempt."""
    return write_at_once(
        save_answer,
        agent_id=current_agent().id,
        attempt_id=paper.sitting.id,
        item_id=item_id,
        value=sent.value,
        token=sent.token,
        now=utc_now(),
    )


@bp.post("/<slug>/tentatives/<int:attempt_id>/reperes/<item_id>")
@policy()
def mark(slug: str, attempt_id: int, item_id: str) -> ResponseReturnValue:
    """Mark a question to look at again, or unmark it; what is ticked is saved on the way."""
    paper = open_paper(slug, attempt_id)
    item = paper.item(item_id)
    try:
        sent = read_form(item, request.form, paper.order_of(item_id))
        known = read_given(paper).get(item_id)
        if not is_blank(sent.value) and (known is None or known.value != sent.value):
            save(paper, item_id, sent)
    except (BadAnswer, TokenReused):
        pass  # Nothing was ticked, or it was sent before: the mark alone is wanted.
    except AlreadySubmitted:
        return redirect(result_url(paper), 303)
    marked = request.form.get("marquer") == "1"
    try:
        write(
            set_mark,
            agent_id=current_agent().id,
            attempt_id=attempt_id,
            item_id=item_id,
            marked=marked,
        )
    except AlreadySubmitted:
        return redirect(result_url(paper), 303)
    return redirect(question_url(paper, paper.number_of(item_id)), 303)
