"""Exemplarité: the table of contents."""

from __future__ import annotations

from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.access import allow_file, require_policies
from app.database import ONLY_ON, Model
from app.engines import engine_options, prepare_engine
from app.errors import register_errors
from app.extensions import alembic, babel, csrf, db, limiter, login_manager, mail
from app.i18n import select_language
from app.input import guard_input
from app.logs import set_up_logs
from app.references import is_by_statement
from app.templating import PageEnvironment
from app.web import set_up_web, start_request
from config import read_settings


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """Make the application: settings, extensions, features, in this order."""
    app = Flask(__name__, static_folder="../static")
    app.jinja_environment = PageEnvironment
    app.config.from_mapping(flask_settings(read_settings(overrides)))
    set_up_logs(app.config["LOG_LEVEL"])
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    app.before_request(start_request)  # First of all: what is refused has its reference too.
    app.before_request(allow_file)
    bind_extensions(app)
    guard_input(app)
    set_up_web(app)
    register_features(app)
    register_errors(app)
    require_policies(app)
    return app


def flask_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Translate our settings into those of Flask and its extensions."""
    secure = settings["SECURE"]
    if settings["PRODUCTION"] and not secure:
        raise SystemExit("PUBLIC_URL must start with https:// in production.")
    if settings["PRODUCTION"] and settings["DEMO"]:
        raise SystemExit("DEMO and PRODUCTION exclude each other.")
    hosts = settings["TRUSTED_HOSTS"].replace(",", " ").split()
    if secure and not hosts:
        hosts = [urlsplit(settings["PUBLIC_URL"]).hostname or ""]
    return settings | {
        "SQLALCHEMY_ENGINES": {
            "default": engine_options(
                settings["DATABASE_URL"], pool_size=settings["DATABASE_POOL_SIZE"]
            )
        },
        "ALEMBIC": {"script_location": "../migrations"},
        "ALEMBIC_CONTEXT": {
            "render_as_batch": True,
            "render_item": render_item,
            "include_object": include_object,
            "transactional_ddl": True,
        },
        "BABEL_DEFAULT_LOCALE": "fr",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": settings["MAXIMUM_BODY_BYTES"],
        "MAX_FORM_MEMORY_SIZE": settings["MAXIMUM_BODY_BYTES"],
        "TRUSTED_HOSTS": hosts or None,
        "SESSION_COOKIE_NAME": "__Host-exemplarite" if secure else "exemplarite",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "RATELIMIT_ENABLED": settings["RATE_LIMITS"],
    }


def render_item(kind: str, item: object, context: object) -> str | bool:
    """Write our column type as the plain one in a migration."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def include_object(
    item: object, name: str | None, kind: str, reflected: bool, compare_to: object
) -> bool:
    """Leave out what PostgreSQL checks by statement, and what is the other database's."""
    dialect = db.engine.dialect.name
    info: dict[str, str] = getattr(item, "info", {})
    return info.get(ONLY_ON, dialect) == dialect and not is_by_statement(kind, item)


def bind_extensions(app: Flask) -> None:
    """Bind the extensions to this application."""
    if app.config["DATABASE_URL"].startswith("sqlite:///"):
        path = Path(app.config["DATABASE_URL"].removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    # Nothing here is asynchronous: closing sessions that do not exist would start a thread
    # at the end of each request.
    app.teardown_appcontext_funcs[:] = [
        close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)
    ]
    with app.app_context():
        db.sessionmaker.configure(bind=prepare_engine(db.engine))
    alembic.metadatas = {"default": Model.metadata}
    alembic.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=select_language)
    limiter.init_app(app)
    mail.init_app(app)
    # The context processor of Flask-Login would load the agent for every template.
    login_manager.init_app(app, add_context_processor=False)
    login_manager.session_protection = None


def register_features(app: Flask) -> None:
    """Register the features' pages and commands, and what they listen to."""
    from app import features

    features.register(app)
