"""A content folder of the test's own, and trainers signed in on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Role
from app.database import Model
from app.people.models import Agent
from app.studio import previewing
from tests.factories import Factories
from tests.signing_in import sign_in

Count = Callable[[], dict[str, int]]
Logs = list[MutableMapping[str, Any]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "modules").mkdir(parents=True)
    return folder


@pytest.fixture
def app(make_app: Callable[..., Flask], content: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Make an application whose previews wait: a busy machine is no reason to answer 503."""
    monkeypatch.setattr(previewing, "PATIENCE_SECONDS", 60.0)
    return make_app(CONTENT_DIR=str(content))


@pytest.fixture
def trainer(session: Session, factories: Factories) -> Agent:
    agent = factories.agent(Role.TRAINER, given_name="Dominique", family_name="Leroy")
    session.commit()
    return agent


@pytest.fixture
def client(app: Flask, trainer: Agent) -> FlaskClient:
    return sign_in(app, trainer)


@pytest.fixture
def logs() -> Iterator[Logs]:
    """Catch what is logged, whatever level an application of another test has set."""
    structlog.reset_defaults()
    with structlog.testing.capture_logs() as caught:
        yield caught


@pytest.fixture
def count_rows(session: Session) -> Count:
    """Count the rows of every table."""

    def count() -> dict[str, int]:
        session.rollback()
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Model.metadata.sorted_tables
        }

    return count
