"""Choose a new password by a link received by mail."""

from __future__ import annotations

import secrets

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import policy
from app.database import utc_now, write
from app.extensions import db
from app.i18n import force_language
from app.i18n import gettext as _
from app.people import hashing, mail
from app.people.checking import client_address, count_try, explain_wait, password_cost
from app.people.forms import ChoosePasswordForm, MatriculeForm
from app.people.matricule import matricule_key
from app.people.queries import accounts
from app.people.queries.accounts import ResetRecipient
from app.people.services import passwords
from app.people.settings import TextKey, get_setting
from app.people.views.blueprint import bp

NOBODY = ResetRecipient(None, "", "fr")


@bp.route("/mot-de-passe-oublie", methods=["GET", "POST"])
@policy(public=True)
def forgotten() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether the account exists or not."""
    form = MatriculeForm()
    if not form.validate_on_submit():
        return show_forgotten(form, 400 if form.is_submitted() else 200)
    key = matricule_key(str(form.matricule.data))
    wait = count_try("reset", key)[1]
    if wait is not None:
        return show_forgotten(form, 429, explain_wait(wait))
    mail_id = write_mail(accounts.find_reset_recipient(db.session, matricule_key=key) or NOBODY)
    response = make_response(render_template("people/link_sent.html"))
    return mail.send_after(response, mail_id) if mail_id else response


def show_forgotten(form: MatriculeForm, status: int, problem: str = "") -> ResponseReturnValue:
    """Show the page that asks for a link, and whom to ask where no mail arrives."""
    support = get_setting(db.session, TextKey.SUPPORT)
    page = render_template("people/forgotten.html", form=form, problem=problem, support=support)
    return page, status


def write_mail(recipient: ResetRecipient) -> int | None:
    """Write the mail in the outbox, in its reader's language; the link opens once."""
    token = secrets.token_urlsafe(32)
    path = url_for(".choose_password", token=token)
    link = current_app.config["PUBLIC_URL"].rstrip("/") + path
    with force_language(recipient.language):
        subject = _("Choisir un nouveau mot de passe")
        body = render_template("emails/choose_password.txt", recipient=recipient, link=link)
    return write(
        passwords.ask_reset,
        agent_id=recipient.agent_id,
        token=token,
        subject=subject,
        body=body,
        address=client_address(),
        now=utc_now(),
    )


@bp.route("/mot-de-passe/<token>", methods=["GET", "POST"])
@policy(public=True)
def choose_password(token: str) -> ResponseReturnValue:
    """Choose a password by the link of a mail, once."""
    owner = accounts.find_reset_owner(db.session, token=token, now=utc_now())
    if owner is None:
        return show_spent()
    form = ChoosePasswordForm(privileged=owner.is_privileged, personal=owner.words)
    if not form.validate_on_submit():
        page = render_template("people/choose_password.html", form=form, token=token)
        return page, 400 if form.is_submitted() else 200
    db.session.close()  # No connection is kept while hashing.
    new_hash = hashing.hash_password(str(form.new_password.data), password_cost())
    try:
        write(
            passwords.use_reset,
            token=token,
            new_hash=new_hash,
            address=client_address(),
            now=utc_now(),
        )
    except passwords.SpentResetError:
        return show_spent()
    flash(_("Votre mot de passe est enregistré. Connectez-vous."), "success")
    return redirect(url_for(".sign_in"))


def show_spent() -> ResponseReturnValue:
    """Say that a link opens nothing, and how to get another."""
    return render_template("people/spent_link.html"), 404
