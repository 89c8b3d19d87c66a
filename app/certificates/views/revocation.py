"""The page where an administrator revokes a certificate."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.certificates import queries, services
from app.certificates.forms import RevocationForm
from app.certificates.queries import Facts
from app.certificates.serials import in_groups, read_serial
from app.certificates.views.blueprint import bp
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _


@bp.route("/attestations/<serial>/revocation", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def revoke(serial: str) -> ResponseReturnValue:
    """Say what a revocation does, then revoke for a stated reason."""
    agent = current_agent()
    known = read_serial(serial) or abort(404)
    paths = agent.paths(Role.ADMINISTRATOR)
    facts = queries.find_within(db.session, serial=known, paths=paths)
    if facts is None:
        abort(404)
    form = RevocationForm()
    if form.validate_on_submit():
        return apply_revocation(facts, agent_id=agent.id, reason=form.reason.data or "")
    page = render_template(
        "certificates/revoke.html", certificate=facts, number=in_groups(facts.serial), form=form
    )
    return page, 400 if form.is_submitted() else 200


def apply_revocation(facts: Facts, *, agent_id: int, reason: str) -> ResponseReturnValue:
    """Revoke and go to the public page, which now says so; a second time changes nothing."""
    now = utc_now()
    try:
        write(services.revoke, certificate_id=facts.id, actor_id=agent_id, reason=reason, now=now)
    except services.AlreadyRevokedError:
        flash(_("Cette attestation était déjà révoquée : rien n’a changé."), "info")
    else:
        said = _("L’attestation est révoquée ; la page de vérification le dit dès maintenant.")
        flash(said, "success")
    return redirect(url_for(".verify", serial=facts.serial))
