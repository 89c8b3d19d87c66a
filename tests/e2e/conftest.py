"""Fixtures of the browser: the demonstration served for real, and readers at their browsers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from tests.e2e import prepared
from tests.e2e.browser import Reader, find_chromium, launched
from tests.e2e.quiz import Quiz
from tests.e2e.record import Record
from tests.e2e.serving import Site, serve, serve_pages
from tests.servers import Server

OpenReader = Callable[..., Reader]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests of this process; in CI it must be there."""
    if find_chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed (Debian: chromium)")
        pytest.skip("Chromium is not installed here")
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Prepare the demonstration's database once, for all processes of this run."""
    return prepared.prepare(shared_folder(tmp_path_factory, worker_id))


def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the folder that all processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder if worker_id == "master" else folder.parent


@pytest.fixture
def database(prepared_database: Path, tmp_path: Path) -> Path:
    """Give a copy of the prepared database to a test that writes."""
    return prepared.copy(prepared_database, tmp_path)


@pytest.fixture(scope="session")
def shared(prepared_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a copy to the tests that write beside one another, each on a draft of its own."""
    with serve(prepared_database, tmp_path_factory.mktemp("shared")) as site:
        yield site


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """Serve the test's own copy, or the one of those that are marked `one_server`."""
    if request.node.get_closest_marker("one_server") is None:
        return cast(Server, request.getfixturevalue("own_server"))
    site: Site = request.getfixturevalue("shared")
    if not site.server.answers():  # The test before failed while it had stopped it.
        site.server.start()
    return site.server


@pytest.fixture
def own_server(database: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve the test's own copy."""
    with Server(f"sqlite:///{database}", tmp_path, DEMO="true") as server:
        yield server


@pytest.fixture
def reader(browser: Browser, server: Server) -> Iterator[OpenReader]:
    """Make readers; at the end of the test none of them may have complained."""
    with ExitStack() as readers:

        def make(**options: Any) -> Reader:
            one = Reader(browser, server.url, **options)
            readers.callback(one.close)
            return one

        yield make


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Record:
    """Read the database of the test's server."""
    if request.node.get_closest_marker("one_server") is None:
        return cast(Record, request.getfixturevalue("own_record"))
    return cast(Site, request.getfixturevalue("shared")).record


@pytest.fixture
def own_record(database: Path) -> Iterator[Record]:
    """Read the test's own copy."""
    record = Record(database)
    yield record
    record.close()


@pytest.fixture
def quiz(reader: OpenReader, record: Record) -> Quiz:
    """Bring the demonstration's officer to the first question."""
    return Quiz(reader(), record)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """Serve all pages to the tests of this process."""
    prepared_pages = prepared.prepare_pages(shared_folder(tmp_path_factory, worker_id))
    with serve_pages(prepared_pages, tmp_path_factory.mktemp("site")) as site:
        yield site
