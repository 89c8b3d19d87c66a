"""The blueprint of the administrators' pages, and the tabs that they share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from app.admin import mail_wording, wording
from app.i18n import gettext as _
from app.people import wording as people_wording

bp = Blueprint("admin", __name__, url_prefix="/administration")
IMPORT_PAGES = {"show_import", "match_columns", "confirm_import"}
for say in (wording.say_action, wording.say_object, wording.say_detail, wording.say_contact_kind):
    bp.add_app_template_filter(say)
for say_mail in (mail_wording.say_mail_kind, mail_wording.say_mail_reason):
    bp.add_app_template_filter(say_mail)
for say_where in (people_wording.say_fate, people_wording.say_state):
    bp.add_app_template_filter(say_where)


@bp.context_processor
def tabs() -> dict[str, Any]:
    """Give every page of administration its tabs."""
    pages = [
        (_("Personnes"), "people", {"people", "agent", "deactivate", "give_password"}),
        (_("Imports"), "imports", {"imports", "receive_file", *IMPORT_PAGES}),
        (_("Rôles"), "roles", {"roles"}),
        (_("Réglages"), "settings", {"settings", "contacts"}),
        (_("Courriels"), "mails", {"mails"}),
        (_("Journal"), "journal", {"journal"}),
    ]
    here = (request.endpoint or "").removeprefix("admin.")
    return {
        "administration_tabs": [
            {"label": label, "url": url_for(f"admin.{name}"), "current": here in endpoints}
            for label, name, endpoints in pages
        ]
    }
