"""Settings, and whom agents may turn to."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Corps, Role, current_agent, policy
from app.admin.forms import build_contacts_form, build_settings_form, contact_fields
from app.admin.views.blueprint import bp
from app.admin.wording import say_setting
from app.database import write
from app.extensions import db
from app.i18n import gettext as _
from app.people.models import CONTACT_KINDS
from app.people.queries.contacts import list_contacts
from app.people.services import settings as services
from app.people.settings import NUMBERS, TEXTS, list_settings


@bp.route("/reglages", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def settings() -> ResponseReturnValue:
    """Show the settings, and change them without a restart."""
    form = build_settings_form(list_settings(db.session))
    if not form.validate_on_submit():
        page = render_template(
            "admin/settings.html",
            form=form,
            hints={key: say_setting(key)[1] for key in (*TEXTS, *NUMBERS)},
            corps=tuple(Corps),
        )
        return page, 400 if form.is_submitted() else 200
    write(services.save_settings, values=form.values(), actor_id=current_agent().id)
    flash(_("Les réglages sont enregistrés."), "success")
    return redirect(url_for(".settings"))


@bp.route("/reglages/contacts/<corps>", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def contacts(corps: str) -> ResponseReturnValue:
    """Show and change whom the agents of a corps may turn to."""
    if corps not in tuple(Corps):
        abort(404)
    form = build_contacts_form(list_contacts(db.session, corps=corps))
    if not form.validate_on_submit():
        page = render_template(
            "admin/contacts.html",
            form=form,
            corps=corps,
            kinds=CONTACT_KINDS,
            names=contact_fields(),
        )
        return page, 400 if form.is_submitted() else 200
    write(services.save_contacts, corps=corps, contacts=form.values(), actor_id=current_agent().id)
    flash(_("Les contacts sont enregistrés."), "success")
    return redirect(url_for(".contacts", corps=corps))
