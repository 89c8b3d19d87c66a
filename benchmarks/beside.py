"""What small writes cost while something long goes on beside them."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import time
from dataclasses import dataclass
from statistics import median

from flask import Flask
from sqlalchemy.orm import Session

from app.database import utc_now, write
from app.extensions import db
from app.people.models import Setting
from app.statistics.moments import day_of
from app.statistics.taking import take_in_batches
from benchmarks.load import Load, Unit, at_work

CLIENTS = 4
SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Beside:
    """How long a snapshot took, and the writes with and without it."""

    seconds: float
    own: float
    """Of processor time, in the process that took it."""
    idle: Load
    busy: Load


def writing(app: Flask, name: str) -> Unit:
    """Make a client that commits one small row, as an answer is saved."""

    def touch(session: Session) -> None:
        session.merge(Setting(key=f"bench-{name}", value=utc_now().isoformat()))

    def unit() -> None:
        with app.app_context():
            write(touch)

    return unit


def take_snapshot_beside_writes(app: Flask) -> Beside:
    """Measure small writes, then again as long as a snapshot is being taken."""
    db.session.close()
    db.engine.dispose()  # No connection may be shared with the processes that follow.
    clients = [writing(app, str(number)) for number in range(CLIENTS)]
    at_work(clients, 1.0)
    idle = at_work(clients, SECONDS)
    receive, send = multiprocessing.get_context("fork").Pipe(duplex=False)
    taking = multiprocessing.get_context("fork").Process(target=take, args=(app, send))
    taking.start()
    loads = [at_work(clients, SECONDS)]
    while taking.is_alive():
        loads.append(at_work(clients, SECONDS))
    seconds, own = receive.recv()
    busy = Load(*(median(getattr(load, name) for load in loads)
                  for name in ("per_second", "p50", "p95", "p99")))  # fmt: skip
    return Beside(seconds, own, idle, busy)


def take(app: Flask, pipe: multiprocessing.connection.Connection) -> None:
    """Take a snapshot and tell how long it took."""
    with app.app_context():
        start, own = time.perf_counter(), time.process_time()
        now = utc_now()
        take_in_batches(as_of=day_of(now), now=now)
        pipe.send((time.perf_counter() - start, time.process_time() - own))
        db.engine.dispose()
