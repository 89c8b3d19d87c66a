"""Choose the language of the screens."""

from __future__ import annotations

from flask import abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.access import find_current_agent, policy
from app.database import write
from app.home.views.blueprint import bp
from app.i18n import LANGUAGES
from app.people.next_address import safe_target
from app.people.services.account import set_language


@bp.post("/langue/<language>")
@policy(public=True)
def choose_language(language: str) -> ResponseReturnValue:
    """Keep a language in this browser, and with the agent who is signed in; go back."""
    if language not in LANGUAGES:
        abort(404)
    agent = find_current_agent()
    if agent is not None:
        write(set_language, agent_id=agent.id, language=language)
    session["language"] = language
    target = safe_target(request.form.get("next"))
    return redirect(target if target and can_be_read(target) else url_for(".index"))


def can_be_read(target: str) -> bool:
    """Tell whether a page answers at an address: the form may stand on the answer to a POST."""
    site = current_app.url_map.bind("")
    try:
        site.match(target.partition("?")[0], method="GET")
    except HTTPException as error:
        return error.code is not None and error.code < 400
    return True
