"""The blueprint of learning, what its templates use, and what its errors become."""

from __future__ import annotations

import secrets

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.learning.services.enrolments import NotYours, StartedOtherwise
from app.learning.wording import say_about, say_opinion, say_points, say_problem

bp = Blueprint("learning", __name__, url_prefix="/apprendre")
bp.add_app_template_filter(say_points, "points")
bp.add_app_template_filter(say_about, "about")
bp.add_app_template_filter(say_opinion, "opinion")
bp.add_app_template_filter(say_problem, "problem")


@bp.app_template_global()
def fresh_token() -> str:
    """Make the token that lets a form count once, however often it is sent."""
    return secrets.token_urlsafe(12)


@bp.errorhandler(NotYours)
def refuse(_error: NotYours) -> ResponseReturnValue:
    """Answer as if there were no such page."""
    return current_app.handle_user_exception(NotFound())


@bp.errorhandler(StartedOtherwise)
def take_up_again(_error: StartedOtherwise) -> ResponseReturnValue:
    """Go to where the module, started meanwhile on another version, is taken up."""
    slug = (request.view_args or {})["slug"]
    return redirect(url_for("learning.resume", slug=slug), 303)
