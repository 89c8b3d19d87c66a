"""Fixtures of the browser: the demonstration served for real, and readers at their browsers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e import prepared
from tests.e2e.browser import Reader, find_chromium, launched
from tests.e2e.record import Record
from tests.e2e.serving import Site, serve_pages
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


@pytest.fixture
def server(database: Path, tmp_path: Path) -> Iterator[Server]:
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
def record(database: Path) -> Iterator[Record]:
    """Read the database of the test's server."""
    record = Record(database)
    yield record
    record.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """Serve all pages to the tests of this process."""
    prepared_pages = prepared.prepare_pages(shared_folder(tmp_path_factory, worker_id))
    with serve_pages(prepared_pages, tmp_path_factory.mktemp("site")) as site:
        yield site
