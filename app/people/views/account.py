"""One's own account: password, sessions, language."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.access import PRIVILEGED, SignedInAgent, current_agent, policy
from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.people import hashing
from app.people.checking import Checked, Refusal, check, client_address, explain, password_cost
from app.people.forms import ChangePasswordForm, LanguageForm
from app.people.queries import accounts
from app.people.services import account as services
from app.people.services import passwords
from app.people.services.signing_in import SignInRefusedError
from app.people.views.blueprint import bp, session_limits
from app.people.views.signing_in import open_browser_session


@bp.get("/mon-compte")
@policy()
def account() -> ResponseReturnValue:
    """Show what one is known by, one's sessions, and how to change what one may."""
    agent = current_agent()
    return render_template(
        "people/account.html",
        agent=agent,
        sessions=accounts.list_sessions(
            db.session, agent=agent, now=utc_now(), limits=session_limits()
        ),
        form=LanguageForm(language=agent.language),
    )


@bp.post("/mon-compte/langue")
@policy()
def set_language() -> ResponseReturnValue:
    """Choose the language of one's screens and mails, in every browser."""
    form = LanguageForm()
    if not form.validate_on_submit():
        abort(400)
    write(services.set_language, agent_id=current_agent().id, language=form.language.data)
    session["language"] = form.language.data
    flash(_("Votre langue est enregistrée."), "success")
    return redirect(url_for(".account"))


@bp.post("/mon-compte/sessions/<int:session_id>/fin")
@policy()
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of one's sessions, on another device."""
    try:
        write(
            services.end_own_session,
            agent_id=current_agent().id,
            session_id=session_id,
            now=utc_now(),
        )
    except services.NoSuchSessionError:
        abort(404)
    flash(_("Cette session est fermée."), "success")
    return redirect(url_for(".account"))


@bp.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@policy(before_password_change=True)
def change_password() -> ResponseReturnValue:
    """Replace one's password; every other session ends."""
    agent = current_agent()
    form = ChangePasswordForm(privileged=agent.has(*PRIVILEGED), personal=personal_words(agent))
    if not form.validate_on_submit():
        return show_change(form, agent, 400 if form.is_submitted() else 200)
    checked = check(agent.matricule, str(form.current_password.data))
    if checked.refusal:
        return refuse_change(form, agent, checked)
    new_hash = hashing.hash_password(str(form.new_password.data), password_cost())
    try:
        token = write(
            passwords.change_password,
            agent_id=agent.id,
            checked_hash=checked.password_hash,
            new_hash=new_hash,
            counted=checked.counted,
            address=client_address(),
            now=utc_now(),
        )
    except SignInRefusedError:
        return refuse_change(form, agent, Checked(refusal=Refusal.WRONG))
    open_browser_session(token)
    flash(_("Votre mot de passe est changé. Vos autres sessions sont fermées."), "success")
    return redirect(url_for("home.index" if agent.must_change_password else ".account"))


def refuse_change(
    form: ChangePasswordForm, agent: SignedInAgent, checked: Checked
) -> ResponseReturnValue:
    """Say beside the current password why it was not accepted."""
    too_soon = checked.refusal == Refusal.TOO_SOON
    message = explain(checked) if too_soon else _("Ce n’est pas votre mot de passe actuel.")
    form.current_password.errors = [message]
    return show_change(form, agent, 429 if too_soon else 400)


def show_change(form: ChangePasswordForm, agent: SignedInAgent, status: int) -> ResponseReturnValue:
    """Show the page that replaces a password."""
    page = render_template("people/change_password.html", form=form, agent=agent)
    return page, status


def personal_words(agent: SignedInAgent) -> tuple[str, ...]:
    """List the words that a password of this agent should not be made of."""
    return (agent.matricule, *agent.given_name.split(), *agent.family_name.split())
