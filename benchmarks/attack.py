"""Ten trainers at once, who preview hostile modules, or only read the pages of their room."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Event
from pathlib import Path

from benchmarks.connection import Connection
from tests.dialect.hostile import HEAVIEST

TRAINERS = 10


@dataclass(frozen=True, slots=True)
class Crowd:
    """Trainers of one server, and what they do."""

    port: int
    headers: dict[str, str]
    modules: Path
    pause: float
    """Seconds that they wait after a refusal."""
    hostile: bool

    @contextmanager
    def at_it(self) -> Iterator[Counter[int]]:
        """Let them at it meanwhile; the statuses they got are counted in what is yielded."""
        context = multiprocessing.get_context("fork")
        receive, give = context.Pipe(duplex=False)
        stop = context.Event()
        process = context.Process(target=self.run, args=(stop, give))
        process.start()
        statuses: Counter[int] = Counter()
        time.sleep(1)  # The measure begins once all are at work.
        try:
            yield statuses
        finally:
            stop.set()
            statuses.update(receive.recv())
            process.join()

    def run(self, stop: Event, give: Pipe) -> None:
        """Run a thread for each, and send the statuses that they got."""
        statuses: Counter[int] = Counter()
        trainers = [
            threading.Thread(target=self.work, args=(number, stop, statuses))
            for number in range(TRAINERS)
        ]
        for trainer in trainers:
            trainer.start()
        for trainer in trainers:
            trainer.join()
        give.send(statuses)

    def work(self, number: int, stop: Event, statuses: Counter[int]) -> None:
        """Ask for page after page."""
        connection = Connection(self.port, self.headers)
        page, turn = "/formateur/", 0
        while not stop.is_set():
            if self.hostile:
                turn += 1
                page = self.write_module(number, turn)
            reply = connection.exchange("GET", page)
            statuses[reply.status] += 1
            if reply.status in (302, 303):
                reply = connection.exchange("GET", reply.location)
                statuses[reply.status] += 1
            if reply.status == 503:
                stop.wait(self.pause)

    def write_module(self, number: int, turn: int) -> str:
        """Write a module that was never read before; return the address of its preview."""
        folder = self.modules / f"hostile-{number}"
        folder.mkdir(exist_ok=True)
        text = HEAVIEST[(number + turn) % len(HEAVIEST)]
        draft = folder / "draft"
        draft.write_text(text + f"\nTour {turn}.\n", encoding="utf-8")
        draft.rename(folder / "module.md")
        return f"/formateur/fichiers/{folder.name}/"
