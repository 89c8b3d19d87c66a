"""What every page has: its id, its security headers, its navigation, its language."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request, url_for

from app import assets, i18n
from app.access import Role, SignedInAgent, find_current_agent
from app.i18n import gettext as _
from app.markup import prose

log = structlog.get_logger()

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "manifest-src 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu."""

    label: str
    url: str
    current: bool = False
    code: str = ""


def set_up_web(app: Flask) -> None:
    """Bind what every request and every page goes through."""
    app.before_request(start_request)
    app.after_request(finish_request)
    app.context_processor(page_context)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(i18n.gettext, i18n.choose_plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        prose=prose,
        day=i18n.show_date,
        moment=i18n.show_moment,
        clock=i18n.show_time,
        number=i18n.show_number,
    )
    app.jinja_env.globals.update(
        percent=i18n.show_percent,
        static_url=assets.static_url,
        stylesheet_url=assets.stylesheet_url,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def start_request() -> None:
    """Give the request an id that its logs and its error page share."""
    g.request_id = secrets.token_hex(6)
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish_request(response: Response) -> Response:
    """Add the security headers and write the request's line in the log."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint == "static":
        headers["Cache-Control"] = assets.FOREVER if "v" in request.args else "public, max-age=600"
    else:
        headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SECURE"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    log.info(
        "request",
        method=request.method,
        endpoint=request.endpoint,
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
    )
    return response


def page_context() -> dict[str, Any]:
    """Give every template its language, its agent and its menus."""
    agent = None if g.get("failing") else find_current_agent()
    return {
        "lang": i18n.current_language(),
        "current_agent": agent,
        "navigation": navigation(agent) if agent else [],
        "help_links": help_links() if agent else [],
        "search_url": url_for("home.search") if agent else None,
        "language_links": language_links(),
        "footer_links": footer_links(),
        "home_url": url_for("home.index"),
        "sign_in_url": None if agent else url_for("people.sign_in"),
        "sign_out_url": url_for("people.sign_out") if agent else None,
        "account_links": account_links() if agent else [],
        "request_id": g.get("request_id", ""),
    }


def navigation(agent: SignedInAgent) -> list[Link]:
    """List the rooms that this agent may enter."""
    rooms = [
        (_("Accueil"), "home.index", ()),
        (_("Modules"), "catalogue.index", ()),
        (_("Mon dossier"), "home.record", ()),
        (_("Mes équipes"), "statistics.teams", (Role.SUPERVISOR,)),
        (_("Situation"), "statistics.situation", (Role.HR_READER, Role.HR_FOLLOW_UP)),
        (_("Suivi"), "statistics.follow_up", (Role.HR_FOLLOW_UP,)),
        (_("Campagnes"), "campaigns.index", (Role.HR_FOLLOW_UP,)),
        (_("Formateur"), "studio.index", (Role.TRAINER, Role.REVIEWER)),
        (_("Administration"), "admin.people", (Role.ADMINISTRATOR,)),
    ]
    return [
        Link(label, url_for(endpoint), current=is_current(endpoint))
        for label, endpoint, roles in rooms
        if not roles or agent.has(*roles)
    ]


def is_current(endpoint: str) -> bool:
    """Tell whether the page being made stands in the room of this endpoint."""
    if request.endpoint is None:
        return False
    room = endpoint.partition(".")[0]
    if room in {"home", "statistics"}:
        return request.endpoint.startswith(endpoint)
    return request.blueprint == room or (room == "catalogue" and request.blueprint == "learning")


def account_links() -> list[Link]:
    """List what an agent does with their account."""
    return [Link(_("Mon compte"), url_for("people.account"), is_current("people.account"))]


def help_links() -> list[Link]:
    """List what is at hand on every page."""
    return [
        Link(_("Que faire si…"), url_for("home.what_to_do"), is_current("home.what_to_do")),
        Link(_("Mes contacts déontologie"), url_for("home.contacts"), is_current("home.contacts")),
    ]


def language_links() -> list[Link]:
    """Offer the page in each language."""
    now = i18n.current_language()
    return [
        Link(label, url_for("home.choose_language", language=code), code == now, code)
        for code, label in i18n.LANGUAGES.items()
    ]


def footer_links() -> list[Link]:
    """List the pages that every site of the State offers."""
    pages = [
        (_("Plan du site"), "home.site_map"),
        (_("Accessibilité"), "home.accessibility"),
        (_("Mentions légales"), "home.legal"),
        (_("Données personnelles"), "home.personal_data"),
    ]
    return [Link(label, url_for(endpoint), is_current(endpoint)) for label, endpoint in pages]
