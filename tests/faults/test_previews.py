"""Hostile previews on a real server: others are served, no process falls, nothing stays behind."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from tests.catalogue.texts import lay
from tests.clients import Client, credentials
from tests.dialect.hostile import HEAVIEST
from tests.dialect.test_confinement import is_gone
from tests.factories import Factories
from tests.servers import Server, kill_process

pytestmark = pytest.mark.one_database
CLIENTS = 32
WORKERS = 3
MOST_AT_WORK = 2
ROUNDS = int(os.environ.get("PREVIEW_ROUNDS", "1"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


@pytest.fixture
def server(database_url: str, tmp_path: Path, content: Path) -> Iterator[Server]:
    lay(content)
    settings = {"CONTENT_DIR": str(content), "WORKERS": str(WORKERS)}
    with Server(database_url, tmp_path, **settings) as server:
        yield server


@pytest.fixture
def trainers(
    app: Flask, server: Server, session: Session, factories: Factories
) -> Iterator[list[Client]]:
    """Open a connection for each of many trainers' tabs."""
    agent = factories.agent(Role.TRAINER)
    session.commit()
    signed_in = credentials(app, agent.id)
    clients = [Client(server.port, *signed_in) for _ in range(CLIENTS)]
    yield clients
    for client in clients:
        client.close()


def sandboxes(worker: int) -> list[int]:
    """List the processes that a process started from its threads."""
    found = []
    with suppress(FileNotFoundError):  # A thread may end meanwhile.
        for thread in Path(f"/proc/{worker}/task").iterdir():
            found += [int(pid) for pid in (thread / "children").read_text().split()]
    return found


def count_at_work(workers: list[int]) -> int:
    """Count the copies at work."""
    return sum(len(sandboxes(sandbox)) for worker in workers for sandbox in sandboxes(worker))


def lay_hostile(content: Path, number: int, turn: int) -> str:
    """Write a module that was never read; give the address of its preview."""
    slug = f"hostile-{number}"
    text = HEAVIEST[(number + turn) % len(HEAVIEST)] + f"\nTour {turn}.\n"
    folder = content / "modules" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "module.md").write_text(text, encoding="utf-8")
    return f"/formateur/fichiers/{slug}/"


def test_of_thirty_two_hostile_previews_at_once_none_is_lost_and_no_process_falls(
    server: Server, trainers: list[Client], content: Path
) -> None:
    processes = server.workers()
    statuses: Counter[int] = Counter()
    slowest, at_work = 0.0, 0

    def ask(number: int, turn: int) -> None:
        statuses[trainers[number].get(lay_hostile(content, number, turn)).status] += 1

    for turn in range(ROUNDS):
        threads = [threading.Thread(target=ask, args=(number, turn)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            start = time.monotonic()
            assert server.answers()  # The health page stands for everybody else's.
            slowest = max(slowest, time.monotonic() - start)
            at_work = max(at_work, count_at_work(processes))
        for thread in threads:
            thread.join()
    assert statuses.total() == CLIENTS * ROUNDS
    assert set(statuses) <= {
        302,
        503,
    }  # On a machine that is busy with more, none may be read in time.
    assert slowest < 3
    assert 1 <= at_work <= MOST_AT_WORK
    assert server.workers() == processes
    assert trainers[0].get("/formateur/fichiers/cafe-offert/geste").status == 200


def test_a_sandbox_ends_with_the_process_that_it_serves(
    server: Server, trainers: list[Client], content: Path
) -> None:
    for number, client in enumerate(trainers):
        lay(content, f"module-{number}")
        client.get(f"/formateur/fichiers/module-{number}/")
    first, *others = [sandboxes(worker) for worker in server.workers()]
    assert [len(one) for one in (first, *others)] == [1] * WORKERS
    assert kill_process(server.workers()[0])
    assert is_gone(first[0], within=1)
    server.stop()
    assert all(is_gone(process, within=1) for one in others for process in one)
