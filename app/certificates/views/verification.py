"""The public page where anyone checks a certificate by its number."""

from __future__ import annotations

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app.access import Role, find_current_agent, policy
from app.certificates import queries
from app.certificates.serials import in_groups, read_serial
from app.certificates.views.blueprint import bp, today
from app.extensions import db, limiter

VERIFICATIONS = "30 per minute"
NOT_LISTED = {"X-Robots-Tag": "noindex"}


@bp.get("/verifier/<serial>")
@policy(public=True)
@limiter.limit(VERIFICATIONS)
def verify(serial: str) -> ResponseReturnValue:
    """Show whoever holds the number what was recorded, and what it is worth today."""
    known = read_serial(serial)
    facts = queries.find_certificate(db.session, serial=known) if known else None
    if facts is None:
        return make_response(render_template("certificates/unknown.html"), 404, NOT_LISTED)
    agent = find_current_agent()
    page = render_template(
        "certificates/verify.html",
        certificate=facts,
        standing=facts.standing(today()),
        number=in_groups(facts.serial),
        may_revoke=bool(agent and agent.has(Role.ADMINISTRATOR)),
    )
    return make_response(page, NOT_LISTED)
