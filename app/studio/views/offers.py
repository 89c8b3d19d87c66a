"""Take a module out of the catalogue, or bring it back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.catalogue.services import restore, retire
from app.database import utc_now, write
from app.extensions import db
from app.i18n import current_language
from app.i18n import gettext as _
from app.studio.forms import EmptyForm
from app.studio.queries import list_history
from app.studio.queries.impact import count_completed, count_under_way
from app.studio.views.blueprint import bp


@bp.route("/modules/<slug>/catalogue", methods=["GET", "POST"])
@policy(Role.REVIEWER)
def offer(slug: str) -> ResponseReturnValue:
    """Say whom it touches, then retire a module or offer it again."""
    history = list_history(db.session, slug)
    if not history:
        abort(404)
    form, action = EmptyForm(), request.form.get("action")
    # The form says which: sent twice, or by two people, it does not undo what it did.
    if form.validate_on_submit() and action in {"retire", "restore"}:
        change_offer(slug, offered=action == "restore")
        return redirect(url_for("studio.module", slug=slug))
    return render_template(
        "studio/offer.html",
        slug=slug,
        title=history[0].title(current_language()),
        is_retired=history[0].retired_at is not None,
        under_way=sum(one.agents for one in count_under_way(db.session, slug)),
        completed=count_completed(db.session, slug),
        form=form,
    )


def change_offer(slug: str, *, offered: bool) -> None:
    """Retire a module or offer it again, and say so."""
    if offered:
        write(restore, slug, actor_id=current_agent().id)
        flash(_("Le module est à nouveau au catalogue."), "success")
    else:
        write(retire, slug, actor_id=current_agent().id, now=utc_now())
        flash(_("Le module est retiré du catalogue."), "success")
