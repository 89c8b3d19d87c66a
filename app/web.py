"""What every page has: its id, its security headers, its navigation, its language."""

from __future__ import annotations

import secrets
import time
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import generate_csrf

from app import assets, i18n
from app.access import find_current_agent
from app.addresses import url_for
from app.content_security import CONTENT_SECURITY_POLICY, with_style_nonce
from app.markup import prose
from app.menus import menus_for
from app.templating import drawn

log = structlog.get_logger()


def set_up_web(app: Flask) -> None:
    """Bind what every request and every page goes through."""
    app.after_request(finish_request)
    app.teardown_request(i18n.forget_language)
    app.context_processor(page_context)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(i18n.gettext, i18n.choose_plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        prose=prose,
        day=i18n.show_date,
        moment=i18n.show_moment,
        clock=i18n.show_time,
        difference=i18n.show_difference,
        number=i18n.show_number,
    )
    app.jinja_env.globals.update(
        _=i18n.gettext_in_template,
        gettext=i18n.gettext_in_template,
        csrf_token=csrf_token,
        url_for=url_for,
        drawn=drawn,
        percent=i18n.show_percent,
        static_url=assets.static_url,
        stylesheet_url=assets.stylesheet_url,
        style_nonce=style_nonce,
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
    if nonce := g.get("style_nonce"):
        policy = headers["Content-Security-Policy"]
        headers["Content-Security-Policy"] = with_style_nonce(policy, nonce)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    # A missing file is answered by a page, which may name its reader: never in a shared cache.
    if request.endpoint == "static" and response.status_code < 400:
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


def style_nonce() -> str:
    """Give the nonce that the page's policy then names, new for each page that asks."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    nonce: str = g.style_nonce
    return nonce


def csrf_token() -> str:
    """Give the anti-forgery token of the page, which every form of it repeats."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token


def page_context() -> dict[str, Any]:
    """Give every template its language, its agent and its menus."""
    agent = None if g.get("failing") else find_current_agent()
    return menus_for(agent) | {
        "current_agent": agent,
        "csrf_token": csrf_token,  # Flask-WTF's own processor gives the one that signs anew.
        "request_id": g.get("request_id", ""),
    }
