"""Give a draft up, and open it again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.database import utc_now, write
from app.i18n import gettext as _
from app.studio.forms import EmptyForm
from app.studio.services.drafts import DraftClosed, DraftExists, NotWithdrawn, reopen, withdraw
from app.studio.views.blueprint import bp
from app.studio.views.draft_parts import get_draft_row


@bp.route("/brouillons/<int:draft_id>/abandon", methods=["GET", "POST"])
@policy(Role.TRAINER)
def withdraw_draft(draft_id: int) -> ResponseReturnValue:
    """Give a draft up, after saying what that touches."""
    draft, form = get_draft_row(draft_id), EmptyForm()
    if not draft.is_open:
        return redirect(url_for("studio.draft_work", draft_id=draft_id))
    if form.validate_on_submit():
        try:
            write(withdraw, draft_id, agent_id=current_agent().id, now=utc_now())
            flash(_("Le brouillon est abandonné ; ses textes restent lisibles."), "success")
        except DraftClosed:
            flash(_("Ce brouillon n’est plus ouvert."), "warning")
        return redirect(url_for("studio.drafts"))
    return render_template("studio/withdraw.html", draft=draft, form=form)


@bp.post("/brouillons/<int:draft_id>/reprise")
@policy(Role.TRAINER)
def reopen_draft(draft_id: int) -> ResponseReturnValue:
    """Open a draft that was given up."""
    draft = get_draft_row(draft_id)
    try:
        write(reopen, draft.id, agent_id=current_agent().id, now=utc_now())
        flash(_("Le brouillon est rouvert, tel qu’il était."), "success")
    except DraftExists as known:
        flash(_("Ce module a déjà un autre brouillon ouvert : le voici."), "info")
        draft_id = known.draft_id
    except NotWithdrawn:
        flash(_("Ce brouillon n’est pas abandonné : le voici."), "info")
    return redirect(url_for("studio.draft_work", draft_id=draft_id))
