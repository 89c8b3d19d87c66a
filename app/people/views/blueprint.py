"""The blueprint of people, and how a request finds its agent."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, current_app, g
from sqlalchemy.exc import SQLAlchemyError

from app.access import SignedInAgent
from app.database import Busy, utc_now, write
from app.extensions import db, login_manager
from app.people import names, sessions

bp = Blueprint("people", __name__)
for name in (names.role_name, names.corps_name, names.category_name):
    bp.add_app_template_filter(name)


def session_limits() -> sessions.SessionLimits:
    """Give the limits of sessions; a demonstration does not sign privileged roles out so soon."""
    limits = sessions.SessionLimits()
    if current_app.config["DEMO"]:
        return sessions.SessionLimits(privileged_idle=timedelta(hours=12))
    return limits


@login_manager.user_loader
def load_signed_in(token: str) -> SignedInAgent | None:
    """Find the agent of the cookie's token; Flask-Login asks once a request."""
    loaded = sessions.load_session(db.session, token=token, now=utc_now(), limits=session_limits())
    if loaded is None:
        return None
    if loaded.is_stale:
        g.session_to_touch = loaded.agent.session_id
    return loaded.agent


@bp.after_app_request
def remember_last_seen(response: Response) -> Response:
    """Write the session's last-seen in its own write, dropped when the database is busy."""
    session_id = g.pop("session_to_touch", None)
    if session_id is not None:
        try:
            write(sessions.touch_session, session_id=session_id, now=utc_now())
        except (Busy, SQLAlchemyError):
            current_app.logger.info("last-seen of session %s dropped", session_id)
    return response
