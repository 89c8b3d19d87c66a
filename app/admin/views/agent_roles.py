"""The roles of an agent, and those of everyone."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.admin.forms import RoleForm
from app.admin.queries.roles import list_roles
from app.admin.views.agent_page import get_agent_or_404, say_last_administrator, show_agent
from app.admin.views.blueprint import bp
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.people.queries import list_units
from app.people.services import roles as services


@bp.get("/roles")
@policy(Role.ADMINISTRATOR)
def roles() -> ResponseReturnValue:
    """List who holds which role, over what."""
    return render_template("admin/roles.html", roles=list_roles(db.session))


@bp.post("/personnes/<int:agent_id>/roles")
@policy(Role.ADMINISTRATOR)
def grant_role(agent_id: int) -> ResponseReturnValue:
    """Grant a role over a unit and those below."""
    facts = get_agent_or_404(agent_id)
    form = RoleForm(list_units(db.session))
    if not form.validate_on_submit():
        return show_agent(facts, role_form=form, status=400)
    try:
        granted = write(
            services.grant_role,
            agent_id=agent_id,
            role=Role(form.role.data),
            unit_id=form.unit_id.data,
            actor_id=current_agent().id,
            now=utc_now(),
        )
    except services.WholeOrganisationError:
        message = _("Un administrateur agit sur toute l’organisation : choisissez sa racine.")
        form.unit_id.errors = [message]
        return show_agent(facts, role_form=form, status=400)
    if granted:
        flash(_("Le rôle est confié."), "success")
    else:
        flash(_("Ce rôle était déjà confié."), "info")
    return redirect(url_for(".agent", agent_id=agent_id))


@bp.post("/personnes/<int:agent_id>/roles/<int:role_assignment_id>/fin")
@policy(Role.ADMINISTRATOR)
def end_role(agent_id: int, role_assignment_id: int) -> ResponseReturnValue:
    """End a role; the agent's sessions end with it."""
    get_agent_or_404(agent_id)
    try:
        ended = write(
            services.end_role,
            role_assignment_id=role_assignment_id,
            agent_id=agent_id,
            actor_id=current_agent().id,
            now=utc_now(),
        )
    except services.LastAdministratorError:
        flash(say_last_administrator(), "error")
        return redirect(url_for(".agent", agent_id=agent_id))
    if not ended:
        abort(404)
    flash(_("Le rôle est retiré, et les sessions de cette personne sont fermées."), "success")
    return redirect(url_for(".agent", agent_id=agent_id))
