"""Roles, the policy that every view states about itself, and the signed-in agent as a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What an agent may do beyond learning; each is held over a unit and those below it."""

    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    REVIEWER = "reviewer"
    HR_READER = "hr_reader"
    HR_FOLLOW_UP = "hr_follow_up"
    ADMINISTRATOR = "administrator"


PRIVILEGED = frozenset({Role.HR_READER, Role.HR_FOLLOW_UP, Role.ADMINISTRATOR})
"""Roles with a short idle session and a longer password."""


class Corps(StrEnum):
    """The corps that the platform serves."""

    PN = "pn"
    GN = "gn"
    PM = "pm"
    SP = "sp"
    PREF = "pref"


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role over the subtree of a unit."""

    role: Role
    unit_id: int
    unit_path: str
    """Ids from the root, as ``/1/4/9/``: a unit is below when its path starts with this one."""


@dataclass(frozen=True)
class SignedInAgent(UserMixin):
    """The agent of this request and what they may do, read in one statement."""

    id: int
    session_token: str
    session_id: int
    matricule: str
    given_name: str
    family_name: str
    language: str
    must_change_password: bool
    unit_id: int | None
    unit_path: str
    unit_name: str
    corps: str
    """The corps of today's assignment; empty for someone without one."""
    grade: str
    category: str
    roles: tuple[RoleHeld, ...]

    @property
    def full_name(self) -> str:
        """Join the names as they are shown."""
        return f"{self.given_name} {self.family_name}"

    def has(self, *roles: Role) -> bool:
        """Tell whether one of these roles is held."""
        return any(held.role in roles for held in self.roles)

    def paths(self, *roles: Role) -> tuple[str, ...]:
        """List the paths of the units over which one of these roles is held."""
        return tuple(sorted({held.unit_path for held in self.roles if held.role in roles}))

    def unit_ids(self, *roles: Role) -> tuple[int, ...]:
        """List the units that one of these roles names."""
        return tuple(sorted({held.unit_id for held in self.roles if held.role in roles}))

    def get_id(self) -> str:
        """Give Flask-Login what it keeps in the cookie: the session's token, not the agent."""
        return self.session_token


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a view."""

    public: bool = False
    roles: tuple[Role, ...] = ()
    before_password_change: bool = False
    """Open even to an agent who must first choose a password."""
    takes_file: bool = False
    """Takes a file larger than any form, from those who may call it."""
    typed: str = ""
    """The field of a form that is shown again when the session has ended."""


def policy(
    *roles: Role,
    public: bool = False,
    before_password_change: bool = False,
    takes_file: bool = False,
    typed: str = "",
) -> Callable[[View], View]:
    """State who may call a view: everyone (``public``), any agent, or holders of a role."""

    def state(view: View) -> View:
        view.__policy__ = Policy(  # type: ignore[attr-defined]
            public, roles, before_password_change, takes_file, typed
        )
        return view

    return state


def current_agent() -> SignedInAgent:
    """Return the signed-in agent of a view whose policy is not public."""
    agent: SignedInAgent | None = find_current_agent()
    if agent is None:
        abort(401)
    return agent


def find_current_agent() -> SignedInAgent | None:
    """Return the signed-in agent, or None."""
    # current_user is a proxy: unwrapped here, once, so that the rest is typed.
    agent = current_user._get_current_object()
    return agent if isinstance(agent, SignedInAgent) else None


def stated_policy(app: Flask, endpoint: str) -> Policy | None:
    """Give the policy that a view states, or None."""
    stated = getattr(app.view_functions[endpoint], "__policy__", None)
    return stated if isinstance(stated, Policy) else None


def require_policies(app: Flask) -> None:
    """Refuse to start an application in which a route states no policy."""
    app.view_functions["static"] = policy(public=True)(app.view_functions["static"])
    silent = sorted(
        endpoint for endpoint in app.view_functions if stated_policy(app, endpoint) is None
    )
    if silent:
        raise RuntimeError(f"routes without a policy: {', '.join(silent)}")
    app.before_request(enforce_policy)


def allow_file() -> None:
    """Let those who may send a large file send it, before anything reads the request."""
    stated = stated_policy(current_app, request.endpoint) if request.endpoint else None
    if stated is None or not stated.takes_file or request.method != "POST":
        return
    agent = find_current_agent()
    if agent is not None and agent.has(*stated.roles):
        request.max_content_length = current_app.config["MAXIMUM_FILE_BYTES"]


def wants_json() -> bool:
    """Tell whether the caller is one of our scripts rather than a page."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def enforce_policy() -> ResponseReturnValue | None:
    """Let the request through if the view's policy allows it."""
    if request.endpoint is None:
        return None
    stated = stated_policy(current_app, request.endpoint)
    assert stated is not None  # require_policies saw to it.
    if stated.public:
        return None
    agent = find_current_agent()
    if agent is None:
        return ask_to_sign_in()
    if agent.must_change_password and not stated.before_password_change:
        return redirect(url_for("people.change_password"))
    if stated.roles and not agent.has(*stated.roles):
        abort(404)
    return None


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a page to the sign-in page and back; answer a script with 401."""
    if wants_json() or request.method not in {"GET", "HEAD", "POST"}:
        abort(401)
    kept = keep_typed()
    if kept is not None:
        return kept, 401
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    return redirect(url_for("people.sign_in", next=page_of_form(), session="terminee"))


def page_of_form() -> str | None:
    """Tell on which of our pages the form stood that was sent, or None."""
    page = urlsplit(request.referrer or "")
    if page.netloc != request.host:
        return None
    return page._replace(scheme="", netloc="", fragment="").geturl() or None


def keep_typed() -> str | None:
    """Show the form again whose field took long to write, so that nothing of it is lost.

    None where the view states no such field, or nothing was typed in it.
    """
    stated = stated_policy(current_app, request.endpoint) if request.endpoint else None
    if stated is None or not request.form.get(stated.typed) or wants_json():
        return None
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    return render_template("errors/session_ended.html", fields=fields, typed=stated.typed)
