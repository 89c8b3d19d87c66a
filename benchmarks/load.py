"""Clients at work for some seconds, in processes of their own, and what they measured."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from benchmarks.connection import Connection
from benchmarks.servers import HOST

Unit = Callable[[], None]
"""One thing done by one client, timed whole: a request, or a whole attempt."""

WRK = shutil.which("wrk")
REPORT = Path(__file__).parent / "latency.lua"


@dataclass(frozen=True, slots=True)
class Load:
    """What some clients measured together."""

    per_second: float
    p50: float
    p95: float
    p99: float
    """Milliseconds."""


def at_work(units: Sequence[Unit], seconds: float, processes: int = 2) -> Load:
    """Let each client repeat its unit, as many at once as there are units."""
    context = multiprocessing.get_context("fork")
    pipes, workers = [], []
    for rank in range(processes):
        receive, send = context.Pipe(duplex=False)
        worker = context.Process(target=run_clients, args=(units[rank::processes], seconds, send))
        worker.start()
        send.close()
        pipes.append(receive)
        workers.append(worker)
    times: list[float] = []
    for pipe in pipes:
        result = pipe.recv()
        if isinstance(result, str):
            raise RuntimeError(result)
        times += result
    for worker in workers:
        worker.join()
    return summarise(times, seconds)


def run_clients(units: Sequence[Unit], seconds: float, pipe: Pipe) -> None:
    """Run the clients of one process, a thread each, and send their times."""
    times: list[float] = []
    failures: list[str] = []
    threads = [
        threading.Thread(target=repeat, args=(unit, seconds, times, failures)) for unit in units
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send(failures[0] if failures else times)


def repeat(unit: Unit, seconds: float, times: list[float], failures: list[str]) -> None:
    """Repeat one client's unit until the time is over, or until it has nothing more to do."""
    end = time.perf_counter() + seconds
    try:
        while (start := time.perf_counter()) < end:
            unit()
            times.append(time.perf_counter() - start)
    except StopIteration:
        failures.append("a client ran out of work: prepare more")
    except Exception as error:  # noqa: BLE001 - whatever it is, the figure would be wrong.
        failures.append(f"{type(error).__name__}: {error}")


def summarise(times: list[float], seconds: float) -> Load:
    """Sum up times in seconds."""
    ordered = sorted(times)
    at = lambda share: 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]  # noqa: E731
    return Load(len(ordered) / seconds, at(0.5), at(0.95), at(0.99))


def get_page(
    port: int, path: str, headers: dict[str, str], *, seconds: float, connections: int = 16
) -> Load:
    """Ask for one page again and again, with wrk where it is installed, else with our client."""
    if WRK is None:
        clients = [Connection(port, headers) for _ in range(connections)]
        return at_work([lambda one=one: one.get(path) for one in clients], seconds)  # type: ignore[misc]
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    done = subprocess.run(
        [WRK, "-t", "2", "-c", str(connections), "-d", f"{seconds:.0f}s", "-s", str(REPORT),
         *given, f"http://{HOST}:{port}{path}"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = re.search(r"MEASURED (\S+) (\S+) (\S+) (\S+) (\d+)", done.stdout)
    if found is None or int(found[5]) or not float(found[1]):
        raise RuntimeError(f"{path} was not served as it should:\n{done.stdout}")
    return Load(*map(float, found.groups()[:4]))
