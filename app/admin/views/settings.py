"""Settings, and whom agents may turn to."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Corps, Role, current_agent, policy
from app.admin.forms import (
    ContactsForm,
    SettingsForm,
    build_contacts_form,
    build_settings_form,
    contact_fields,
)
from app.admin.views.blueprint import bp
from app.admin.wording import say_setting
from app.database import write
from app.extensions import db
from app.i18n import gettext as _
from app.people.models import CONTACT_KINDS
from app.people.queries.contacts import read_contacts
from app.people.seen import ChangedMeanwhile
from app.people.services import settings as services
from app.people.settings import NUMBERS, TEXTS, list_settings


@bp.route("/reglages", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def settings() -> ResponseReturnValue:
    """Show the settings, and change them without a restart."""
    form = build_settings_form(list_settings(db.session))
    if not form.validate_on_submit():
        return show_settings(form, 400 if form.is_submitted() else 200)
    try:
        write(
            services.save_settings, values=form.values(), actor_id=current_agent().id,
            seen=form.seen.data or "",
        )  # fmt: skip
    except ChangedMeanwhile:
        return show_settings(form, 409, form.list_changed(list_settings(db.session)))
    flash(_("Les réglages sont enregistrés."), "success")
    return redirect(url_for(".settings"))


def show_settings(
    form: SettingsForm, status: int, changed: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    """Make the page of the settings, with what somebody else changed meanwhile."""
    page = render_template(
        "admin/settings.html",
        form=form,
        changed=changed,
        hints={key: say_setting(key)[1] for key in (*TEXTS, *NUMBERS)},
        corps=tuple(Corps),
    )
    return page, status


@bp.route("/reglages/contacts/<corps>", methods=["GET", "POST"])
@policy(Role.ADMINISTRATOR)
def contacts(corps: str) -> ResponseReturnValue:
    """Show and change whom the agents of a corps may turn to."""
    if corps not in tuple(Corps):
        abort(404)
    form = build_contacts_form(read_contacts(db.session, corps=corps))
    if not form.validate_on_submit():
        return show_contacts(corps, form, 400 if form.is_submitted() else 200)
    try:
        write(
            services.save_contacts, corps=corps, contacts=form.values(),
            actor_id=current_agent().id, seen=form.seen.data or "",
        )  # fmt: skip
    except ChangedMeanwhile:
        changed = form.list_changed(read_contacts(db.session, corps=corps))
        return show_contacts(corps, form, 409, changed)
    flash(_("Les contacts sont enregistrés."), "success")
    return redirect(url_for(".contacts", corps=corps))


def show_contacts(
    corps: str, form: ContactsForm, status: int, changed: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    """Make the page of the contacts of a corps, with what somebody else changed meanwhile."""
    page = render_template(
        "admin/contacts.html",
        form=form,
        changed=changed,
        corps=corps,
        kinds=CONTACT_KINDS,
        names=contact_fields(),
    )
    return page, status
