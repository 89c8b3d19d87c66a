"""The commands: loaded once, never over real people, never in production; a busy port is said."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from app.catalogue.queries import list_offered
from app.demo import cli, serving
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.preparing import publish_content
from app.extensions import db
from app.people.models import Agent
from tests.catalogue.test_exporting import publish_in_studio
from tests.catalogue.texts import lay
from tests.factories import Factories


def digest(app: Flask) -> list[tuple[str, int]]:
    """Count the rows of every table."""
    with app.app_context(), db.engine.connect() as connection:
        metadata = sa.MetaData()
        metadata.reflect(connection)
        return [
            (table.name, connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
            for table in metadata.sorted_tables
        ]


def test_a_second_load_changes_nothing_and_says_so(loaded: Flask) -> None:
    before = digest(loaded)
    result = loaded.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0
    assert "déjà là" in result.output
    assert digest(loaded) == before


def test_it_starts_again_over_what_was_published_from_a_draft(
    make_app: Callable[..., Flask],
    session: Session,
    factories: Factories,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = make_app(CONTENT_DIR=str(tmp_path))
    lay(tmp_path)
    with app.app_context():
        publish_content()
    number = publish_in_studio(session, factories.agent(Role.REVIEWER))
    lay(tmp_path, slug="un-autre")
    with app.app_context():
        publish_content()
        latest = {one.slug: one.number for one in list_offered(db.session)}
    assert latest == {"cafe-offert": number, "un-autre": 1}
    assert "cafe-offert : La version 2 a été écrite dans un brouillon" in capsys.readouterr().err


def test_it_is_never_loaded_over_real_people(
    app: Flask, session: Session, factories: Factories
) -> None:
    factories.agent()
    session.commit()
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "DATABASE_URL" in result.output
    assert session.scalar(sa.select(sa.func.count()).select_from(Agent)) == 1


def test_it_is_refused_in_production(make_app: Callable[..., Flask], session: Session) -> None:
    app = make_app(PRODUCTION=True, PUBLIC_URL="https://exemplarite.example", SECRET_KEY="k" * 40)
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 1
    assert "PRODUCTION" in result.output
    assert session.scalar(sa.select(sa.func.count()).select_from(Agent)) == 0


def test_accounts_prints_the_address_and_every_account(make_app: Callable[..., Flask]) -> None:
    app = make_app(PUBLIC_URL="http://localhost:5021")
    result = app.test_cli_runner().invoke(args=["demo", "accounts"])
    assert "http://localhost:5021" in result.output
    assert PASSWORD in result.output
    assert all(account.matricule in result.output for account in ACCOUNTS)


@pytest.fixture
def busy_port() -> Iterator[int]:
    """Take a port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_busy_port_is_said(app: Flask, busy_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(busy_port))
    monkeypatch.setenv("HOST", "127.0.0.1")
    result = app.test_cli_runner().invoke(args=["demo", "serve"])
    assert result.exit_code == 1
    assert f"{busy_port}" in result.output
    assert "PORT=" in result.output


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT"):
        serving.read_address()


def test_serve_prepares_prints_and_becomes_the_server(
    loaded: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[serving.Address] = []
    monkeypatch.setattr(cli, "serve_on", started.append)
    monkeypatch.setenv("PORT", "15973")
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    result = loaded.test_cli_runner().invoke(args=["demo", "serve"])
    assert result.exit_code == 0
    assert started[0].public_url == "http://localhost:15973"
    assert "http://localhost:15973" in result.output
    assert "demo-agent" in result.output


def test_the_server_is_told_that_this_is_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[dict[str, str]] = []
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr("gunicorn.app.wsgiapp.run", lambda **_: given.append(dict(os.environ)))
    serving.serve_on(serving.Address("127.0.0.1", 5999, "http://localhost:5999"))
    (environment,) = given
    assert sys.argv == ["gunicorn", "-c", str(serving.CONFIGURATION)]
    assert environment["DEMO"] == "true"
    assert environment["PORT"] == "5999"
    assert environment["PUBLIC_URL"] == "http://localhost:5999"
