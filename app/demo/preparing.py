"""Bring a database from nothing to the loaded demonstration, doing only what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from flask import current_app

from app.catalogue.content import (
    PATHS_FILE,
    check_glossary,
    context_of,
    publish_folder,
    publish_glossary,
    publish_pages,
    publish_paths,
)
from app.catalogue.folders import module_folders
from app.catalogue.path_file import read_paths
from app.catalogue.publishing import PublicationError
from app.catalogue.queries import list_offered
from app.catalogue.wording import say_refusal
from app.database import utc_now, write
from app.database_cli import upgrade_database
from app.days import day_of
from app.demo import services
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.curriculum import Curriculum, plan_curriculum
from app.demo.editions import Content, plan_editions
from app.demo.history import draw_history
from app.demo.studying import Edition
from app.dialect.reading import hash_folder, read_folder
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
    today = day_of(now)
    curriculum, content = plan_content(Path(settings["CONTENT_DIR"]), today)
    editions = {
        slug: [Edition(plan.reading.modules["fr"], plan.published_at) for plan in plans]
        for slug, plans in content.editions.items()
    }
    history = draw_history(today, curriculum, editions, pass_mark=settings["PASS_MARK"])
    cost = Cost(settings["PASSWORD_MEMORY_KIB"], settings["PASSWORD_PASSES"])
    terms = services.Terms(
        now=now,
        organisation=settings["ORGANISATION"],
        validity_months=settings["CERTIFICATE_VALIDITY_MONTHS"],
        passwords={account.matricule: hash_password(PASSWORD, cost) for account in ACCOUNTS},
    )
    return write(services.load, history, content, terms)


def plan_content(folder: Path, today: date) -> tuple[Curriculum, Content]:
    """Read the modules and paths of a content folder, and plan when each came."""
    context = context_of(folder, current_app.config["PASS_MARK"])
    read = (read_folder(one, context=context) for one in module_folders(folder / "modules"))
    readings = {one.modules["fr"].slug: one for one in read if "fr" in one.modules}
    file = folder / PATHS_FILE
    paths = read_paths(file.read_text(encoding="utf-8")) if file.is_file() else []
    modules = [reading.modules["fr"] for reading in readings.values()]
    curriculum = plan_curriculum(modules, paths, today)
    editions = {
        slug: plan_editions(readings[slug], first=subject.since, rank=rank, today=today)
        for rank, (slug, subject) in enumerate(curriculum.subjects.items())
    }
    return curriculum, Content(editions, paths)


def publish_content() -> None:
    """Publish the modules, paths and pages that are not as they are on the disk.

    A module that cannot be is said and stays as it is published: a visitor may have written a
    version of it in a draft.
    """
    content = Path(current_app.config["CONTENT_DIR"])
    published = {one.slug: one.sha256 for one in list_offered(db.session)}
    changed = [
        folder
        for folder in module_folders(content / "modules")
        if hash_folder(folder) != published.get(folder.name)
    ]
    context = context_of(content, current_app.config["PASS_MARK"])
    for folder in changed:
        try:
            publish_folder(folder, context)
        except PublicationError as refusal:
            click.echo(f"{folder.name} : {say_refusal(refusal)}", err=True)
    publish_paths(content)
    glossary = check_glossary(content, context)
    for _page in (*publish_pages(content), *publish_glossary(glossary)):
        pass
