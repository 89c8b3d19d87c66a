"""What went wrong -> which page."""

from __future__ import annotations

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from app.access import keep_typed, wants_json
from app.database import Busy

log = structlog.get_logger()
PAGES = {400, 401, 403, 404, 409, 413, 429, 500, 503}
RETRY_AFTER_SECONDS = 5


def register_errors(app: Flask) -> None:
    """Answer each failure with a page that says what happened and what to do."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_stale_form)
    for unavailable in (Busy, OperationalError, PoolTimeout):
        app.register_error_handler(unavailable, show_unavailable)
    app.register_error_handler(Exception, show_unexpected)


def show_http_error(error: HTTPException) -> Response:
    """Show the page of a status; a redirect is its own answer."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    page = error.code if error.code in PAGES else 400 if error.code < 500 else 500
    response = show(page, status=error.code)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def show_stale_form(_error: CSRFError) -> Response:
    """Say that a form's token is no longer good; what took long to write is shown again."""
    kept = keep_typed()
    return show(400, "csrf") if kept is None else make_response(kept, 400)


def show_unavailable(error: Exception) -> Response:
    """Say that the database is busy or away, and when to come back."""
    log.warning("database_unavailable", error=type(error).__name__)
    response = show(503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def show_unexpected(error: Exception) -> Response:
    """Log what nobody expected, and show a reference to quote."""
    if isinstance(error, InternalServerError) and error.original_exception:
        error = error.original_exception  # type: ignore[assignment]
    log.error("unexpected_error", exc_info=error)
    return show(500)


def show(page: int, code: str = "", status: int | None = None) -> Response:
    """Make the answer: JSON for a script, the page for a reader."""
    status = status or page
    g.failing = page >= 500  # The page must not ask the database that failed who is reading.
    if request_ctx.url_adapter is None:  # An unknown host: no page can be addressed for it.
        return Response("Bad Request\n", status, mimetype="text/plain")
    if wants_json():
        body = {"error": code or str(status), "reference": g.get("request_id", "")}
        return make_response(jsonify(body), status)
    html = render_template(f"errors/{page}.html", request_id=g.get("request_id", ""), code=code)
    return make_response(html, status)
