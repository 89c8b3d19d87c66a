"""Fixtures: a real server on the test's database, and connections to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from tests.clients import Client, credentials
from tests.servers import Server

Connect = Callable[..., list[Client]]


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """Serve the test's database."""
    with Server(database_url, tmp_path) as server:
        yield server


@pytest.fixture
def connect(app: Flask, server: Server) -> Iterator[Connect]:
    """Open connections of an agent, all in one session; they close at the end of the test."""
    with ExitStack() as opened:

        def make(agent_id: int, count: int = 1) -> list[Client]:
            cookie, csrf_token = credentials(app, agent_id)
            clients = [Client(server.port, cookie, csrf_token) for _ in range(count)]
            for client in clients:
                opened.callback(client.close)
            return clients

        yield make
