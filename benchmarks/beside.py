"""What small writes cost while something long goes on beside them."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Event

from flask import Flask
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.days import day_of
from app.extensions import db
from app.people.models import Setting
from app.statistics.taking import take_in_batches
from benchmarks.load import Load, summarise

CLIENTS = 4
SECONDS = 5.0
PAUSE = 0.02
"""Between two writes of a client: together some 180 a second, as of 3,600 officers at a quiz."""
FORK = multiprocessing.get_context("fork")

Timed = list[tuple[float, float]]
"""When each write began, and how long it took, in seconds."""


@dataclass(frozen=True, slots=True)
class Beside:
    """How long a snapshot took, and the writes before it and beside it."""

    seconds: float
    own: float
    """Of processor time, in the process that took it."""
    idle: Load
    busy: Load


def take_snapshot_beside_writes(app: Flask, *, pause: float) -> Beside:
    """Measure the writes of some clients, then go on while a snapshot is taken."""
    db.session.close()
    db.engine.dispose()  # No connection may be shared with the processes that follow.
    times: Timed = []
    with writing(app, pause, times):
        time.sleep(1 + SECONDS)  # The first second opens the connections.
        start = time.perf_counter()
        receive, send = FORK.Pipe(duplex=False)
        taking = FORK.Process(target=take, args=(app, send))
        taking.start()
        seconds, own = receive.recv()
        end = time.perf_counter()
        taking.join()
    return Beside(seconds, own, within(times, start - SECONDS, start), within(times, start, end))


def within(times: Timed, start: float, end: float) -> Load:
    """Sum up the writes that began between two moments."""
    return summarise([took for began, took in times if start <= began < end], end - start)


@contextmanager
def writing(app: Flask, pause: float, times: Timed) -> Iterator[None]:
    """Let clients write as long as the block lasts, each in a process of its own."""
    stop, clients = FORK.Event(), []
    for number in range(CLIENTS):
        receive, send = FORK.Pipe(duplex=False)
        process = FORK.Process(target=write_on_and_on, args=(app, number, pause, stop, send))
        process.start()
        clients.append((process, receive))
    try:
        yield
    finally:
        stop.set()
        for process, receive in clients:
            times += receive.recv()
            process.join()


def write_on_and_on(app: Flask, number: int, pause: float, stop: Event, pipe: Pipe) -> None:
    """Commit one small row after the other, as answers are saved, and send their times."""

    def touch(session: Session) -> None:
        session.merge(Setting(key=f"bench-{number}", value=utc_now().isoformat()))

    times: Timed = []
    with app.app_context():
        while not stop.is_set():
            start = time.perf_counter()
            write(touch)
            times.append((start, time.perf_counter() - start))
            time.sleep(pause)
    pipe.send(times)


def take(app: Flask, pipe: Pipe) -> None:
    """Take a snapshot and tell how long it took."""
    with app.app_context():
        start, own = time.perf_counter(), time.process_time()
        now = utc_now()
        take_in_batches(as_of=day_of(now), now=now)
        pipe.send((time.perf_counter() - start, time.process_time() - own))
        db.engine.dispose()
