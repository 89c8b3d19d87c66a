"""Look over the whole attempt, and hand it in."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access import current_agent, policy
from app.database import utc_now, write
from app.learning.services import submission as services
from app.learning.views.blueprint import bp
from app.learning.views.paper import Paper, list_entries, open_paper, read_given, result_url

MOST_DIGITS = 4


@bp.get("/<slug>/tentatives/<int:attempt_id>")
@policy()
def overview(slug: str, attempt_id: int) -> ResponseReturnValue:
    """List the questions answered, marked and left, and offer to hand in."""
    paper = open_paper(slug, attempt_id)
    if paper.is_submitted:
        return redirect(result_url(paper))
    return show_overview(paper)


def show_overview(paper: Paper, *, more: bool = False) -> str:
    """Make the page before handing in; ``more`` says that the list has changed meanwhile."""
    entries = list_entries(paper, read_given(paper))
    return render_template(
        "learning/overview.html",
        paper=paper,
        entries=entries,
        unanswered=[entry for entry in entries if not entry.answered],
        more=more,
        agent_id=current_agent().id,
    )


@bp.post("/<slug>/tentatives/<int:attempt_id>/remise")
@policy()
def submit(slug: str, attempt_id: int) -> ResponseReturnValue:
    """Hand an attempt in, with as many questions left unanswered as the agent was told."""
    paper = open_paper(slug, attempt_id)
    try:
        write(
            services.submit,
            agent_id=current_agent().id,
            attempt_id=attempt_id,
            module=paper.module,
            confirmed=read_count(request.form.get("sans_reponse", "")),
            default_months=current_app.config["CERTIFICATE_VALIDITY_MONTHS"],
            now=utc_now(),
        )
    except services.MoreUnanswered:
        return show_overview(paper, more=True), 409
    return redirect(result_url(paper), 303)


def read_count(text: str) -> int:
    """Read how many questions without an answer were confirmed; anything else confirms none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
