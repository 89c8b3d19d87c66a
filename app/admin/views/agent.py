"""One agent: their account, opened and closed."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.admin.views.agent_page import (
    fill_agent_form,
    get_agent_or_404,
    say_last_administrator,
    show_agent,
    values_of,
)
from app.admin.views.blueprint import bp
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.people import hashing
from app.people.checking import password_cost
from app.people.one_time import make_one_time_password
from app.people.seen import ChangedMeanwhile
from app.people.services import administration, passwords, roles
from app.people.settings import NumberKey, get_setting


@bp.route("/personnes/<int:agent_id>", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def agent(agent_id: int) -> ResponseReturnValue:
    """Show an agent, and change their mail address or language."""
    facts = get_agent_or_404(agent_id)
    form = fill_agent_form(facts)
    if not form.validate_on_submit():
        return show_agent(facts, form, status=400 if form.is_submitted() else 200)
    try:
        write(
            administration.change_agent,
            agent_id=agent_id,
            email=form.email.data or None,
            language=form.language.data,
            actor_id=current_agent().id,
            now=utc_now(),
            seen=form.seen.data or "",
        )
    except ChangedMeanwhile:
        facts = get_agent_or_404(agent_id)
        return show_agent(facts, form, status=409, changed=form.list_changed(values_of(facts)))
    flash(_("Le compte est enregistré."), "success")
    return redirect(url_for(".agent", agent_id=agent_id))


@bp.post("/personnes/<int:agent_id>/mot-de-passe")
@policy(Role.ADMINISTRATOR)
def give_password(agent_id: int) -> ResponseReturnValue:
    """Give a one-time password, shown on this page and never again."""
    facts = get_agent_or_404(agent_id)
    if facts.deactivated_at is not None or facts.id == current_agent().id:
        abort(409)
    hours = get_setting(db.session, NumberKey.ONE_TIME_PASSWORD_HOURS)
    db.session.close()  # No connection is kept while hashing.
    password = make_one_time_password()
    write(
        passwords.give_one_time_password,
        agent_id=agent_id,
        new_hash=hashing.hash_password(password, password_cost()),
        lasts=timedelta(hours=hours),
        actor_id=current_agent().id,
        now=utc_now(),
    )
    return render_template(
        "admin/one_time_password.html", agent=facts, password=password, hours=hours
    )


@bp.route("/personnes/<int:agent_id>/desactivation", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def deactivate(agent_id: int) -> ResponseReturnValue:
    """Say what closing an account touches, then close it."""
    facts = get_agent_or_404(agent_id)
    if request.method != "POST":
        is_own = agent_id == current_agent().id
        return render_template("admin/deactivate.html", agent=facts, is_own=is_own)
    try:
        write(
            administration.deactivate,
            agent_id=agent_id,
            actor_id=current_agent().id,
            now=utc_now(),
        )
    except administration.OwnAccountError:
        flash(_("Vous ne pouvez pas désactiver votre propre compte."), "error")
    except roles.LastAdministratorError:
        flash(say_last_administrator(), "error")
    else:
        flash(_("Le compte est désactivé et ses sessions sont fermées."), "success")
    return redirect(url_for(".agent", agent_id=agent_id))


@bp.post("/personnes/<int:agent_id>/reactivation")
@policy(Role.ADMINISTRATOR)
def reactivate(agent_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    get_agent_or_404(agent_id)
    write(administration.reactivate, agent_id=agent_id, actor_id=current_agent().id)
    flash(_("Le compte est réactivé."), "success")
    return redirect(url_for(".agent", agent_id=agent_id))
