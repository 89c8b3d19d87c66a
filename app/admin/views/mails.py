"""The outbox: what became of each mail, and another try by hand."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.admin.mail_wording import state_names
from app.admin.queries.mails import MOST_COUNTED, PAGE_SIZE, count_states, list_mails
from app.admin.views.blueprint import bp
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.input import MAXIMUM_ID, read_number
from app.people import mail as post
from app.people.services import mails as services
from app.people.services.retention import MAILS_LAST

LONGEST_MATRICULE = 50


@bp.get("/courriels")
@policy(Role.ADMINISTRATOR)
def mails() -> ResponseReturnValue:
    """List mails, the latest first, of one state or of one person."""
    names = state_names()
    state = request.args.get("etat", "")
    state = state if state in names else ""
    matricule = request.args.get("matricule", "").strip()[:LONGEST_MATRICULE]
    before = read_number("avant", MAXIMUM_ID)
    found = list_mails(
        db.session, now=utc_now(), state=state, matricule=matricule, before=before
    )  # fmt: skip
    kept: dict[str, Any] = {"etat": state or None, "matricule": matricule or None}
    older = found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None
    return render_template(
        "admin/mails.html", mails=found[:PAGE_SIZE], names=names, state=state,
        matricule=matricule, counts=count_states(db.session), most=MOST_COUNTED,
        days=MAILS_LAST.days,
        older_url=url_for(".mails", **kept, avant=older) if older else None,
        newest_url=url_for(".mails", **kept) if before else None,
    )  # fmt: skip


@bp.post("/courriels/<int:mail_id>/nouvel-essai")
@policy(Role.ADMINISTRATOR)
def try_mail_again(mail_id: int) -> ResponseReturnValue:
    """Try a mail again: once the response has left, as the server may be slow."""
    response = make_response(redirect(url_for(".mails"), 303))
    try:
        write(services.try_again, mail_id=mail_id, actor_id=current_agent().id, now=utc_now())
    except services.NoSuchMailError:
        abort(404)
    except services.NotToTryAgainError:
        flash(_("Ce courriel n’est pas à réessayer : il est parti, il attend déjà, ou il ne dit"
                " plus rien d’utile."), "warning")  # fmt: skip
        return response
    flash(_("Le courriel est remis à l’envoi."), "success")
    return post.send_after(response, mail_id)
