"""Clients of a real server: one connection kept alive each, signed in by rows beforehand."""

from __future__ import annotations

import http.client
import json
import random
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from app.database import utc_now, write
from app.people.sessions import start_session
from tests.servers import HOST

LOST = (OSError, http.client.HTTPException)
"""What a client sees when the process that served it is killed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    body: str
    location: str | None = None


class Client:
    """A signed-in agent's browser, without the browser."""

    def __init__(self, port: int, cookie: str = "", csrf_token: str = "") -> None:
        self.port = port
        self.headers = {"Cookie": f"exemplarite={cookie}", "X-CSRFToken": csrf_token}
        self.connection = http.client.HTTPConnection(HOST, port, timeout=30)

    def send(
        self, method: str, path: str, body: str = "", *, encoding: str = "utf-8", **headers: str
    ) -> Reply:
        """Send one request; raises one of `LOST` when the connection breaks."""
        self.connection.request(method, path, body.encode(), self.headers | headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(encoding)
        return Reply(answer.status, text, answer.getheader("Location"))

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self.connection.close()

    def get(self, path: str) -> Reply:
        """Read a page."""
        return self.send("GET", path)

    def post(self, path: str, **fields: object) -> Reply:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields, doseq=True), **kind)

    def put(self, path: str, value: object) -> Reply:
        """Send JSON."""
        kind = {"Content-Type": "application/json", "Accept": "application/json"}
        return self.send("PUT", path, json.dumps(value), **kind)

    def put_until_acknowledged(self, path: str, value: object, *, patience: float) -> int:
        """Send the same again until the server acknowledges it; return how often it was sent."""
        deadline, sent = time.monotonic() + patience, 0
        while time.monotonic() < deadline:
            sent += 1
            try:
                reply = self.put(path, value)
            except LOST:
                self.close()
                time.sleep(random.uniform(0.01, 0.05))
                continue
            if reply.status == 200:
                return sent
            if reply.status != 503:
                raise AssertionError(f"{reply.status}: {reply.body[:500]}")
            time.sleep(0.05)
        raise AssertionError(f"not acknowledged in {patience} s after {sent} tries")


def credentials(app: Flask, agent_id: int, **kept: Any) -> tuple[str, str]:
    """Open a session by its row; return the cookie and the anti-forgery token."""
    with app.test_request_context():
        token = write(start_session, agent_id=agent_id, now=utc_now())
        session.update({"_user_id": token, "_fresh": True} | kept)
        csrf_token = generate_csrf()
        return sign(app, dict(session)), csrf_token


def guest_cookie(app: Flask, **kept: Any) -> str:
    """Give the cookie of someone who is not signed in."""
    return sign(app, kept)


def sign(app: Flask, content: dict[str, Any]) -> str:
    """Sign what a cookie holds."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(signer.dumps(content))
