"""The signed link that stops the weekly reminder, without signing in."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def signer() -> URLSafeSerializer:
    """Make what signs, for this use alone."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="stop the weekly reminder")


def sign_stop(agent_id: int) -> str:
    """Sign the stop of an agent's weekly reminder; it holds as long as the mail is kept."""
    return str(signer().dumps(agent_id))


def read_stop(signature: str) -> int | None:
    """Tell whose weekly reminder a link stops; None where we did not sign it."""
    try:
        agent_id = signer().loads(signature)
    except BadData:
        return None
    return agent_id if isinstance(agent_id, int) else None
