"""Bring a database from nothing to the loaded demonstration, doing only what is missing."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from app.catalogue.content import (
    check_glossary,
    context_of,
    publish_folder,
    publish_glossary,
    publish_pages,
    publish_paths,
)
from app.catalogue.folders import module_folders
from app.database import utc_now, write
from app.database_cli import upgrade_database
from app.demo import services
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.calendar import PARIS
from app.demo.editions import plan_editions
from app.demo.history import Edition, draw_history
from app.extensions import alembic, db
from app.people.hashing import Cost, hash_password


class InProductionError(Exception):
    """The settings say that this is a service: fiction has no place in it."""


def prepare() -> bool:
    """Upgrade the database, load the organisation once, publish the content that changed.

    Tells whether the organisation was loaded just now. Raises `InProductionError`, or
    `app.demo.services.RealDataError` in a database that holds anyone else.
    """
    if current_app.config["PRODUCTION"]:
        raise InProductionError
    with current_app.app_context():  # Alembic's connection is closed with its context.
        behind = alembic.needs_upgrade()
    if behind:
        upgrade_database()
    loaded = not services.is_loaded(db.session) and load_history()
    publish_content()
    return loaded


def load_history() -> bool:
    """Draw the history and add it; all that takes time is done before the transaction."""
    services.check_empty(db.session)
    settings = current_app.config
    now = utc_now()
    today = now.astimezone(PARIS).date()
    content = Path(settings["CONTENT_DIR"])
    context = context_of(content, settings["PASS_MARK"])
    plans = plan_editions(content, context, today)
    editions = [Edition(plan.reading.modules["fr"], plan.published_at) for plan in plans]
    history = draw_history(today, editions, pass_mark=settings["PASS_MARK"])
    cost = Cost(settings["PASSWORD_MEMORY_KIB"], settings["PASSWORD_PASSES"])
    terms = services.Terms(
        now=now,
        organisation=settings["ORGANISATION"],
        validity_months=settings["CERTIFICATE_VALIDITY_MONTHS"],
        passwords={account.matricule: hash_password(PASSWORD, cost) for account in ACCOUNTS},
    )
    return write(services.load, history, plans, terms)


def publish_content() -> None:
    """Publish the modules, paths and pages that are not as they are on the disk."""
    content = Path(current_app.config["CONTENT_DIR"])
    context = context_of(content, current_app.config["PASS_MARK"])
    for folder in module_folders(content / "modules"):
        publish_folder(folder, context)
    publish_paths(content)
    glossary = check_glossary(content, context)
    for _page in (*publish_pages(content), *publish_glossary(glossary)):
        pass
