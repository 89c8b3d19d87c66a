"""The signed link that stops a weekly mail, without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.people.mail_states import MailKind

OPTIONAL = (MailKind.REMINDER, MailKind.TEAM)
"""The mails that a link may stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Which mail a link stops, and whose."""

    agent_id: int
    kind: MailKind


def signer() -> URLSafeSerializer:
    """Make what signs, for this use alone."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stop a weekly mail")


def sign_stop(agent_id: int, kind: MailKind = MailKind.REMINDER) -> str:
    """Sign the stop of a weekly mail; the link holds as long as the mail is kept."""
    return str(signer().dumps([agent_id, OPTIONAL.index(kind)]))


def read_stop(signature: str) -> Stop | None:
    """Tell what a link stops; None where we did not sign it."""
    try:
        agent_id, place = signer().loads(signature)
    except (BadData, TypeError, ValueError):
        return None
    return Stop(agent_id, OPTIONAL[place])
