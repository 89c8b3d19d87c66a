"""Which mails one wants, and the link that stops a weekly one."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Role, current_agent, policy
from app.campaigns.forms.choices import ChoicesForm
from app.campaigns.queries.choices import Choices, find_choices
from app.campaigns.services import choices as services
from app.campaigns.stopping import Stop, read_stop
from app.database import utc_now, write
from app.extensions import csrf, db
from app.i18n import gettext as _
from app.people.mail_states import MailKind

bp = Blueprint("mails", __name__)


@bp.get("/mes-courriels")
@policy()
def choices() -> ResponseReturnValue:
    """Show which mails one gets, and where."""
    chosen = get_choices_or_404(current_agent().id)
    form = ChoicesForm(weekly=chosen.weekly, teams=chosen.teams)
    return render_template("campaigns/mail_choices.html", chosen=chosen, form=form)


@bp.post("/mes-courriels")
@policy()
def choose() -> ResponseReturnValue:
    """Keep which mails one wants; those about units are for supervisors."""
    agent, form = current_agent(), ChoicesForm()
    if not form.validate_on_submit():
        abort(400)
    write(
        services.choose, agent_id=agent.id, actor_id=agent.id, weekly=form.weekly.data,
        teams=form.teams.data and agent.has(Role.SUPERVISOR), now=utc_now(),
    )  # fmt: skip
    flash(_("Votre choix est enregistré."), "success")
    return redirect(url_for(".choices"), 303)


@bp.get("/rappels/arret/<signature>")
@policy(public=True)
def stop(signature: str) -> ResponseReturnValue:
    """Ask whether to stop: following a link changes nothing, as machines follow links too."""
    found = read_stop(signature)
    chosen = find_choices(db.session, agent_id=found.agent_id) if found else None
    if found is None or chosen is None:
        return render_template("campaigns/unread_stop.html"), 404
    still = chosen.weekly if found.kind is MailKind.REMINDER else chosen.teams
    return show_stop(found, signature, is_stopped=not still)


@bp.post("/rappels/arret/<signature>")
@csrf.exempt  # A mail program posts it (RFC 8058): the signature says whose, and for what.
@policy(public=True)
def stop_now(signature: str) -> ResponseReturnValue:
    """Stop a weekly mail, in one click and without signing in."""
    found = read_stop(signature)
    if found is None or find_choices(db.session, agent_id=found.agent_id) is None:
        return render_template("campaigns/unread_stop.html"), 404
    write(services.stop, agent_id=found.agent_id, kind=found.kind, now=utc_now())
    return show_stop(found, signature, is_stopped=True)


def show_stop(found: Stop, signature: str, *, is_stopped: bool) -> str:
    """Make the page of a link that stops a mail."""
    return render_template(
        "campaigns/stop_mail.html", signature=signature, is_stopped=is_stopped,
        is_about_teams=found.kind is MailKind.TEAM,
    )  # fmt: skip


def get_choices_or_404(agent_id: int) -> Choices:
    """Find what an agent chose."""
    chosen = find_choices(db.session, agent_id=agent_id)
    if chosen is None:
        abort(404)
    return chosen
