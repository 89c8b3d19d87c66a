"""Have a draft reviewed by somebody else: remarks on its lines, then a decision."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.studio.anchors import find_line
from app.studio.draft_reading import content_of
from app.studio.draft_states import Decision
from app.studio.draft_texts import language_of
from app.studio.forms import DecisionForm, EmptyForm, NewTextForm, RemarkForm
from app.studio.line_differences import LineChange, compare_lines
from app.studio.queries.drafts import DraftRow
from app.studio.queries.published import Texts, find_texts
from app.studio.queries.reviews import find_remark, list_remarks
from app.studio.services.drafts import DraftClosed
from app.studio.services.reviewing import (
    DraftChanged,
    NotInReview,
    NotReady,
    OwnText,
    ask_review,
    decide,
    remark,
    settle_remark,
)
from app.studio.views.blueprint import ROOM, bp
from app.studio.views.draft_page import show_draft
from app.studio.views.draft_parts import get_draft_row, get_text, try_to_read
from app.studio.views.obstacles import say_obstacle
from app.studio.wording import say_path, say_review_refusal

MOST_LINES = 5_000
"""Lines that the page of a review shows."""


@bp.post("/brouillons/<int:draft_id>/relecture")
@policy(Role.TRAINER)
def hand_over(draft_id: int) -> ResponseReturnValue:
    """Ask for a review."""
    get_draft_row(draft_id)
    if EmptyForm().validate_on_submit():
        try:
            write(ask_review, draft_id, agent_id=current_agent().id, now=utc_now())
            flash(_("La relecture est demandée. Une personne qui n’a pas écrit dans ce brouillon"
                    " peut l’approuver."), "success")  # fmt: skip
        except DraftClosed as refusal:
            flash(say_review_refusal(refusal), "warning")
    return redirect(url_for("studio.draft_work", draft_id=draft_id))


@bp.route("/brouillons/<int:draft_id>/relecture/<path:path>", methods=["GET", "POST"])
@policy(*ROOM, typed="remark")
def reread(draft_id: int, path: str) -> ResponseReturnValue:
    """Show a text line by line with the remarks on it, and take another."""
    draft, row = get_draft_row(draft_id), get_text(draft_id, path)
    form, line, lost = RemarkForm(), read_line(request.values.get("ligne", "")), ""
    if form.validate_on_submit():
        try:
            write(
                remark, draft_id, path, line=line, text=form.remark.data or "",
                agent_id=current_agent().id, now=utc_now(),
            )  # fmt: skip
        except (DraftChanged, DraftClosed) as refusal:
            flash(say_review_refusal(refusal), "warning")
            lost = form.remark.data or ""
        else:
            return redirect(here(draft_id, path, line), 303)
    lines = (row.text or "").split("\n")
    placed, loose = place_remarks(draft_id, path, lines)
    since = find_texts(db.session, draft.slug) if draft.is_open else None
    changes = changes_since(since, path, row.text or "")
    page = render_template(
        "studio/reread.html", draft=draft, path=path, name=say_path(path), row=row, form=form,
        lines=lines[:MOST_LINES], is_cut=len(lines) > MOST_LINES, placed=placed, loose=loose,
        asked=line, lost=lost, since=since, changes=changes, language=language_of(path),
        changed={one.after for one in changes or () if one.kind == "added"},
    )  # fmt: skip
    return page, 409 if lost else 422 if form.errors else 200


@bp.post("/brouillons/<int:draft_id>/remarques/<int:comment_id>")
@policy(*ROOM)
def settle_comment(draft_id: int, comment_id: int) -> ResponseReturnValue:
    """Mark a remark as dealt with."""
    path = find_remark(db.session, draft_id, comment_id) or abort(404)
    if EmptyForm().validate_on_submit():
        write(settle_remark, comment_id, agent_id=current_agent().id, now=utc_now())
    return redirect(url_for("studio.reread", draft_id=draft_id, path=path), 303)


@bp.post("/brouillons/<int:draft_id>/decision")
@policy(Role.REVIEWER, typed="note")
def give_decision(draft_id: int) -> ResponseReturnValue:
    """Approve a draft as it was shown, or ask for changes; what was written stays if refused."""
    draft, form = get_draft_row(draft_id), DecisionForm()
    if not form.validate_on_submit():
        said = " ".join(form.note.errors) or _("Cette décision n’a pas pu être lue : reprenez-la.")
        flash(said, "warning")
        return show_draft(draft_id, NewTextForm()), 422
    decision = Decision(form.decision.data)
    if decision is Decision.CHANGES and not says_why(draft_id, form):
        flash(_("Dites aux auteurs ce qui est à changer : par un mot ici, ou par une remarque"
                " dans le texte."), "warning")  # fmt: skip
        return show_draft(draft_id, NewTextForm()), 422
    try:
        if decision is Decision.APPROVED:
            check_ready(draft, form.sha256.data or "")
        write(
            decide, draft_id, reviewer_id=current_agent().id, decision=decision,
            sha256=form.sha256.data or "", note=(form.note.data or "").strip(), now=utc_now(),
        )  # fmt: skip
    except (NotReady, NotInReview, OwnText, DraftChanged, DraftClosed) as refusal:
        flash(say_review_refusal(refusal), "warning")
        return show_draft(draft_id, NewTextForm()), 409
    flash(
        _("Le brouillon est approuvé tel qu’il est.")
        if decision is Decision.APPROVED
        else _("Les modifications sont demandées : le brouillon revient à ses auteurs."),
        "success",
    )
    return redirect(url_for("studio.draft_work", draft_id=draft_id))


def check_ready(draft: DraftRow, sha256: str) -> None:
    """Raise `NotReady` where the draft that a reviewer saw could not be published."""
    content = content_of(db.session, draft.id, draft.slug)
    # Another text than the one seen is refused by the decision itself, whatever it holds.
    if content.sha256 == sha256 and say_obstacle(draft.slug, try_to_read(content)):
        raise NotReady


def changes_since(since: Texts | None, path: str, text: str) -> list[LineChange] | None:
    """List the lines that a publication has not; None where it has not the text at all."""
    if since is None or path not in since.by_path:
        return None
    return compare_lines(since.by_path[path], text)


def read_line(raw: str) -> int:
    """Read the number of a line; 0 for none."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 0


def here(draft_id: int, path: str, line: int) -> str:
    """Give the address of a line of a review."""
    return f"{url_for('studio.reread', draft_id=draft_id, path=path)}#ligne-{line}"


def place_remarks(
    draft_id: int, path: str, lines: list[str]
) -> tuple[dict[int, list[object]], list[object]]:
    """Put each remark under the line that it quotes; apart, those whose line is gone."""
    placed: dict[int, list[object]] = {}
    loose: list[object] = []
    for one in list_remarks(db.session, draft_id):
        if one.path == path:
            line = find_line(lines, one.quote, one.line)
            (placed.setdefault(line, []) if line else loose).append(one)
    return placed, loose


def says_why(draft_id: int, form: DecisionForm) -> bool:
    """Tell whether the authors are told what to change."""
    if (form.note.data or "").strip():
        return True
    return any(one.resolved_at is None for one in list_remarks(db.session, draft_id))
