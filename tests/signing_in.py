"""Sign an agent in, without the sign-in page."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.database import utc_now, write
from app.people import sessions
from app.people.models import Agent


def sign_in(app: Flask, agent: Agent, *, client: FlaskClient | None = None) -> FlaskClient:
    """Return a client whose cookie holds a new session of this agent, committed beforehand."""
    with app.app_context():
        token = write(sessions.start_session, agent_id=agent.id, now=utc_now())
    client = client or app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client
