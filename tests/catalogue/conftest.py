"""Modules published in the test's database, and how many statements a page costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.catalogue import services, services_pages
from app.catalogue.path_file import read_paths
from app.database import utc_now
from app.extensions import db
from tests.catalogue.texts import ENGLISH, MODULE, PNG, read

Run = Callable[..., Result]
PATHS = """
terrain: {label: {fr: Terrain, en: Field}, audience: [pn], modules: [cafe-offert], delay_days: 60}
pompiers: {label: {fr: Pompiers}, audience: [sp], modules: [cafe-offert]}
chefs: {label: {fr: Chefs}, audience: [pn], categories: [officiers], modules: [cafe-offert]}
"""
FOR_FIRE = MODULE.replace("# Le café offert", "# La caserne").replace("[pn, gn]", "[sp]")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "modules").mkdir(parents=True)
    return folder


@pytest.fixture
def run(make_app: Callable[..., Flask], content: Path) -> Run:
    app = make_app(CONTENT_DIR=str(content))

    def invoke(*args: str | Path) -> Result:
        result = app.test_cli_runner().invoke(args=["content", *map(str, args)])
        result.stdout_bytes = result.stdout_bytes.replace("\u00a0".encode(), b" ")
        result.stderr_bytes = (result.stderr_bytes or b"").replace("\u00a0".encode(), b" ")
        return result

    return invoke


@pytest.fixture
def catalogue(session: Session) -> Session:
    """Publish two modules, three paths and the labels of skills."""
    first = read(english=ENGLISH, media={"media/a.png": PNG})
    for reading in (first, read(FOR_FIRE, slug="caserne")):
        services.publish(session, reading, author_id=None, now=utc_now())
    services_pages.publish_paths(session, read_paths(PATHS), now=utc_now())
    label = {"id": "probite", "title": "Probité", "html": ""}
    services_pages.publish_page(session, "competences", "fr", [label], now=utc_now())
    session.commit()
    return session


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Collect the statements that run in a block."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield seen
        event.remove(engine, "before_cursor_execute", note)

    return collect
