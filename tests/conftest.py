"""Fixtures: an application on a database of its own, a session on it, factories, clients."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import settings
from sqlalchemy.orm import Session

from app import create_app
from app.engines import engine_options, set_pragmas
from app.extensions import db
from tests.databases import QUIET, Make, sqlite_databases
from tests.factories import Factories
from tests.postgresql import postgresql_databases, postgresql_server
from tests.starting import (
    hold_the_day,
    remember_addresses,
    remember_statements,
    remember_templates,
    spare_collector,
)

MEMORY = Path("/dev/shm")  # noqa: S108 - the system keeps it in memory.
LONGEST = {"faults": 0, "e2e": 1, "tests": 2}
"""Folders whose tests last for seconds or minutes each, in the order to run them."""
ROOM = 2 * 1024**3
"""Bytes of memory that the tests' databases and browsers may need."""


def pytest_configure() -> None:
    """Time no example, stay within one day, and keep the tests' files in memory if there is room.

    Each test makes a database; a busy machine is no defect of what an example shows.
    """
    settings.register_profile("untimed", settings.default, deadline=None)
    settings.load_profile("untimed")
    hold_the_day()
    remember_addresses()
    remember_statements()
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    if shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, in each process, so that none ends alone with it.

    Each process begins with its own part of the list, and takes from those of others at the end.
    Leave out what a second database cannot change: tests that make none, or that say so.
    """
    items.sort(key=lambda item: LONGEST.get(item.path.parent.name, len(LONGEST)))
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [item for first in range(processes) for item in items[first::processes]]
    if os.environ.get("TEST_DATABASE") != "postgresql":
        return
    kept, left = [], []
    for item in items:
        makes_one = "make_database" in getattr(item, "fixturenames", ())
        alike = item.get_closest_marker("one_database") is not None
        (kept if makes_one and not alike else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_collection_finish() -> None:
    """Begin once everything is there that stays until the end."""
    spare_collector()


@pytest.fixture(scope="session")
def make_database(worker_id: str) -> Iterator[Make]:
    """Make migrated databases of the kind that TEST_DATABASE names (sqlite or postgresql)."""
    with ExitStack() as stack:
        if os.environ.get("TEST_DATABASE") == "postgresql":
            address = stack.enter_context(postgresql_server())
            yield stack.enter_context(postgresql_databases(address, worker_id))
        else:
            yield stack.enter_context(sqlite_databases())


@pytest.fixture
def database_url(make_database: Make) -> Iterator[str]:
    """Give the address of an empty, migrated database."""
    url, drop = make_database()
    yield url
    drop()


@pytest.fixture
def make_app(database_url: str) -> Iterator[Callable[..., Flask]]:
    """Make applications on the test's database, with settings of the test's own."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(
            remember_templates(create_app(QUIET | {"DATABASE_URL": database_url} | settings))
        )
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """Give an application that answers errors with pages, as in service."""
    return make_app()


@pytest.fixture
def session(app: Flask, database_url: str) -> Iterator[Session]:
    """Give a session of the test's own; what it commits, the application sees."""
    engine = sa.create_engine(**engine_options(database_url, pool_size=1))
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", set_pragmas)
        # Deferred: a test that only looks must not keep the application from writing.
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


@pytest.fixture
def factories(session: Session) -> Factories:
    """Make rows in the test's session."""
    return Factories(session)


@pytest.fixture
def count_statements(app: Flask) -> Iterator[list[str]]:
    """List the statements that the application sends from here on."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)
