"""What became of a text: its history, and two texts that were written at once."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.studio.draft_texts import BadText, clean
from app.studio.line_differences import compare_lines
from app.studio.queries.revisions import RevisionText, find_revision, list_revisions
from app.studio.services.drafts import DraftClosed
from app.studio.services.saving import save_text
from app.studio.sittings import gather
from app.studio.views.blueprint import ROOM, bp
from app.studio.views.draft_parts import get_draft_row, get_text
from app.studio.views.texts import conflict_url, read_base
from app.studio.wording import say_bad_text, say_path


@bp.get("/brouillons/<int:draft_id>/historique/<path:path>")
@policy(*ROOM)
def history(draft_id: int, path: str) -> ResponseReturnValue:
    """List who wrote a text and when, a sitting at a time, with what was kept aside."""
    draft, row = get_draft_row(draft_id), get_text(draft_id, path)
    revisions = list_revisions(db.session, draft_id, path)
    return render_template(
        "studio/history.html",
        draft=draft,
        path=path,
        name=say_path(path),
        current=row,
        sittings=gather(revisions),
        asides=[one for one in revisions if one.is_aside],
    )


@bp.get("/brouillons/<int:draft_id>/revisions/<int:revision_id>")
@policy(*ROOM)
def revision(draft_id: int, revision_id: int) -> ResponseReturnValue:
    """Show a text as it was saved once, and what the sitting before it has since become."""
    draft, found = get_draft_row(draft_id), get_revision(draft_id, revision_id)
    before = None
    if request.args.get("avant", "").isdigit():
        before = find_revision(db.session, draft_id, read_base(request.args["avant"]))
    before = before if before and before.path == found.path else None
    return render_template(
        "studio/revision.html",
        draft=draft,
        found=found,
        name=say_path(found.path),
        before=before,
        current=get_text(draft_id, found.path),
        changes=compare_lines(before.text or "", found.text or "") if before else None,
        may_write=draft.is_open and current_agent().has(Role.TRAINER),
    )


@bp.get("/brouillons/<int:draft_id>/conflits/<int:revision_id>")
@policy(Role.TRAINER)
def conflict(draft_id: int, revision_id: int) -> ResponseReturnValue:
    """Show a text that was kept aside beside the current one, to take either or to merge them."""
    return show_conflict(draft_id, get_revision(draft_id, revision_id))


@bp.post("/brouillons/<int:draft_id>/conflits/<int:revision_id>")
@policy(Role.TRAINER, typed="texte")
def settle(draft_id: int, revision_id: int) -> ResponseReturnValue:
    """Save the text on which both were brought together, on the current one that was shown."""
    found = get_revision(draft_id, revision_id)
    typed, base = request.form.get("texte", ""), read_base(request.form.get("base", ""))
    try:
        saved = write(
            save_text, draft_id, found.path, clean(typed), base=base,
            agent_id=current_agent().id, now=utc_now(),
        )  # fmt: skip
    except BadText as bad:
        return show_conflict(draft_id, found, typed=typed, problem=say_bad_text(bad)), 422
    except DraftClosed:
        problem = _("Ce brouillon n’est plus ouvert : ce texte n’a pas été enregistré. Copiez-le.")
        return show_conflict(draft_id, found, typed=typed, problem=problem), 409
    if saved.is_aside:
        return redirect(conflict_url(draft_id, saved), 303)
    flash(_("Ce texte est maintenant celui du brouillon ; l’autre reste dans l’historique."),
          "success")  # fmt: skip
    return redirect(url_for("studio.text", draft_id=draft_id, path=found.path), 303)


def get_revision(draft_id: int, revision_id: int) -> RevisionText:
    """Find a revision of a draft, or answer 404."""
    return find_revision(db.session, draft_id, revision_id) or abort(404)


def show_conflict(
    draft_id: int, found: RevisionText, *, typed: str | None = None, problem: str = ""
) -> str:
    """Show both texts and the lines in which they differ."""
    current = get_text(draft_id, found.path)
    return render_template(
        "studio/conflict.html",
        draft=get_draft_row(draft_id),
        found=found,
        name=say_path(found.path),
        current=current,
        typed=found.text or "" if typed is None else typed,
        changes=compare_lines(current.text or "", found.text or ""),
        problem=problem,
    )
