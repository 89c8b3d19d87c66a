"""Fixtures: the demonstration, loaded once for all the tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.demo.preparing import prepare
from app.extensions import db
from tests.databases import QUIET, Make


@pytest.fixture(scope="session")
def loaded(make_database: Make) -> Iterator[Flask]:
    """Give an application on a database where the demonstration is loaded."""
    url, drop = make_database()
    app = create_app(QUIET | {"DATABASE_URL": url, "DEMO": True})
    with app.app_context():
        assert prepare() is True
    yield app
    with app.app_context():
        db.engine.dispose()
    drop()


@pytest.fixture
def reading(loaded: Flask) -> Iterator[Session]:
    """Give a session on the loaded demonstration."""
    with loaded.app_context():
        engine = db.engine
    with Session(engine) as session:
        yield session
