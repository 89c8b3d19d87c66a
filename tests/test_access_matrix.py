"""Every route × method × actor × {own, another's, absent}: no surprise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app import create_app
from app.access import Policy, policy, require_policies, stated_policy
from app.database import utc_now, write
from app.people.models import SignInSession
from app.statistics.services import take_snapshot
from app.studio import previewing
from tests.actors import ABSENT, ROLES, Cast, arguments_of, make_cast, write_content
from tests.databases import QUIET
from tests.requests import address, csrf_token
from tests.signing_in import sign_in

OWNED = {
    "attempt_id",
    "serial",
    "campaign_id",
    "agent_id",
    "absence_id",
    "session_id",
    "practice_id",
    "role_assignment_id",
}
"""Places of a rule that name somebody's thing."""

QUERY = {"question": "cafe", "avant": "1", "apres": "2"}
"""What some addresses need beside their places; the others do not read it."""

SEES_EVERYONES = {
    "certificates.verify": "anyone may verify a certificate",
    "admin.": "administrators look after everybody",
}
"""Endpoints (or their beginning) where another's thing is found, and why."""

NO_SUCH_THING_BUT_A_PAGE = {
    "people.choose_password": "an unknown token is told so, like one that is spent",
    "people.sign_in_demo": "404 outside the demonstration, whatever the role",
}


def methods(rule: Rule) -> list[str]:
    """List the methods of a rule that do something of their own."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Go through every route and method."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in {"static", "assets.styles"}:
            yield from ((rule, method) for method in methods(rule))


def sees_everyones(endpoint: str) -> bool:
    """Tell whether another's thing is meant to be found there."""
    return any(endpoint.startswith(beginning) for beginning in SEES_EVERYONES)


class Stage:
    """An application with its cast; each request comes from a new session."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session = app, session
        self.cast: Cast = make_cast(app, session)

    def client(self, actor: str) -> FlaskClient:
        """Open a browser for an actor; « nobody » does not sign in."""
        if actor == "nobody":
            return self.app.test_client()
        return sign_in(self.app, self.cast.agents[actor])

    def ask(self, actor: str, rule: Rule, method: str, values: dict[str, Any]) -> int:
        """Send a request with a valid CSRF token and an empty form; return the status."""
        client = self.client(actor)
        token = csrf_token(self.app, client)
        if values.get("session_id") == "own":
            values = values | {"session_id": self.last_session(actor)}
        response = client.open(
            address(rule, values),
            method=method,
            headers={"X-CSRFToken": token},
            query_string=QUERY,
            buffered=True,
        )
        sent_to_sign_in = response.headers.get("Location", "").split("?")[0] == "/connexion"
        if actor != "nobody" and rule.endpoint.startswith("people.sign_out"):
            return response.status_code  # Signing out ends at the sign-in page by right.
        return 401 if sent_to_sign_in else response.status_code

    def last_session(self, actor: str) -> int | None:
        """Find the newest session of an actor."""
        self.session.rollback()
        owner = self.cast.agents[actor].id
        return self.session.scalar(
            select(SignInSession.id)
            .where(SignInSession.agent_id == owner, SignInSession.ended_at.is_(None))
            .order_by(SignInSession.id.desc())
        )

    def values(self, rule: Rule, actor: str, whose: str) -> dict[str, Any] | None:
        """Fill the places of a rule with one's own, another's or absent things."""
        values = arguments_of(rule, self.cast, "stranger" if whose == "other" else actor)
        if rule.endpoint == "certificates.revoke" and whose == "own":
            # An administrator revokes the certificates of their units: the graduate's.
            values = arguments_of(rule, self.cast, "graduate")
        if "session_id" in rule.arguments:
            values["session_id"] = self.last_session("stranger") if whose == "other" else "own"
        if whose == "own":
            things = self.cast.things.get(
                "graduate" if rule.endpoint == "certificates.revoke" else actor, {}
            )
            lacking = (
                (rule.arguments & OWNED) - {"session_id"} - {k for k, v in things.items() if v}
            )
            return None if lacking else values
        if whose == "absent":
            for name in rule.arguments:
                converter = rule._converters[name]
                number = "Id" in type(converter).__name__
                values[name] = ABSENT[int] if number else ABSENT[str]
        return values


@pytest.fixture
def app(make_app: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Give an application whose content folder holds the module, and whose previews wait."""
    monkeypatch.setattr(previewing, "PATIENCE_SECONDS", 60.0)
    write_content(tmp_path)
    return make_app(CONTENT_DIR=str(tmp_path))


@pytest.fixture
def stage(app: Flask, session: Session) -> Stage:
    """Set the stage; the stranger is signed in somewhere, and figures have been counted."""
    stage = Stage(app, session)
    stage.client("stranger")
    with app.app_context():
        write(take_snapshot, as_of=utc_now().date(), now=utc_now(), taken_by_id=None)
    return stage


def expected(stated: Policy, endpoint: str, actor: str, whose: str) -> str:
    """Say what should come of a request: « sign in », « 404 » or « reached »."""
    if not stated.public:
        if actor == "nobody":
            return "sign in"
        if stated.roles and not set(ROLES.get(actor, ())) & set(stated.roles):
            return "404"
    if whose == "absent":
        return "404"
    if whose == "other" and not sees_everyones(endpoint):
        return "404"
    return "reached"


def outcome(status: int) -> str:
    """Name what a status says of access."""
    return {401: "sign in", 404: "404"}.get(status, "reached" if status < 500 else "broken")


@pytest.mark.parametrize("actor", ["nobody", *ROLES])
def test_every_route_answers_each_actor_as_its_policy_says(stage: Stage, actor: str) -> None:
    surprises, asked = [], 0
    for rule, method in rules(stage.app):
        stated = stated_policy(stage.app, rule.endpoint)
        assert stated is not None
        for whose in ("own", "other", "absent") if rule.arguments else ("own",):
            if whose == "other" and not rule.arguments & OWNED:
                continue
            if rule.endpoint in NO_SUCH_THING_BUT_A_PAGE:
                continue
            if actor == "nobody" and whose == "own" and rule.arguments & OWNED:
                continue
            values = stage.values(rule, actor, whose)
            if values is None:
                continue
            asked += 1
            got = outcome(stage.ask(actor, rule, method, values))
            wanted = expected(stated, rule.endpoint, actor, whose)
            if actor == "nobody" and whose == "absent" and got == "404":
                continue  # No such address at all: there is nothing to sign in for.
            if got != wanted:
                surprises.append(f"{method} {rule.rule} as {actor}, {whose}: {got}, not {wanted}")
    assert asked > 60
    assert not surprises, "\n".join(surprises)


def test_each_exception_names_a_route_that_exists(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for beginning in (*SEES_EVERYONES, *NO_SUCH_THING_BUT_A_PAGE):
        assert any(endpoint.startswith(beginning) for endpoint in endpoints), beginning


def test_an_application_with_a_route_without_policy_does_not_start(database_url: str) -> None:
    app = create_app(QUIET | {"DATABASE_URL": database_url})
    app.view_functions["forgotten"] = lambda: ""
    with pytest.raises(RuntimeError, match="forgotten"):
        require_policies(app)
    app.view_functions["forgotten"] = policy(public=True)(lambda: "")
    require_policies(app)
