"""Measure the application beside a bare one, on SQLite and PostgreSQL, in one run.

    make bench

Loopback only, about five minutes. Every figure is a median over rounds, and every ratio is taken
within a round, the bare page being measured just before. `BENCH_ROUNDS` and `BENCH_SECONDS`
change how long it takes; `BENCH_DATABASES=sqlite` keeps one database.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.demo.accounts import PASSWORD
from app.demo.agenda import FOCUS
from benchmarks import bare, postgresql, walks
from benchmarks.connection import Connection
from benchmarks.load import WRK, Load, at_work, get_page, summarise
from benchmarks.report import Measure, show
from benchmarks.servers import APPLICATION, BARE, serving
from benchmarks.statements import count_statements
from benchmarks.world import SECRET_KEY, World, build
from tests.postgresql import postgresql_binaries

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Bench:
    """A database, with both applications served on it."""

    world: World
    port: int
    bare_port: int

    @property
    def reader(self) -> dict[str, str]:
        """Give the headers of the bare application's reader."""
        return {"Cookie": bare.cookie(bare.KEYS[7])}

    def bare_page(self) -> Load:
        """Measure the bare page."""
        return get_page(self.bare_port, "/", self.reader, seconds=SECONDS)


def main() -> int:
    """Measure on each database and print what was found; 1 where a goal was missed."""
    if WRK is None:
        print("wrk is not installed: pages are asked for by our own client, which weighs more.")
    kept = os.environ.get("BENCH_DATABASES", "sqlite postgresql").split()
    missed = 0
    with ExitStack() as stack:
        if "sqlite" in kept:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
            urls = [f"sqlite:///{Path(folder) / name}.sqlite3" for name in ("served", "bare")]
            missed += measure_database("SQLite", *urls)
        if "postgresql" in kept and postgresql_binaries() is None:
            print("PostgreSQL is not installed here: it was not measured.")
        elif "postgresql" in kept:
            address = stack.enter_context(postgresql.server())
            urls = [postgresql.create(address, name) for name in ("served", "bare")]
            missed += measure_database("PostgreSQL", *urls)
    return 1 if missed else 0


def measure_database(title: str, url: str, bare_url: str) -> int:
    """Prepare both applications on a database, measure and print."""
    world = build(url)
    bare.fill(bare_url)
    settings = {"SECRET_KEY": SECRET_KEY, "RATE_LIMITS": "false"}
    with (
        serving(APPLICATION, DATABASE_URL=url, **settings) as port,
        serving(BARE, DATABASE_URL=bare_url) as bare_port,
    ):
        bench = Bench(world, port, bare_port)
        measures = [
            *measure_pages(bench),
            measure_saves(bench),
            *measure_attempts(bench),
            measure_sign_ins(bench),
            measure_certificates(bench),
        ]
    return show(title, measures)


def measure_pages(bench: Bench) -> list[Measure]:
    """Measure each page, the bare one before it."""
    world = bench.world
    step = f"/apprendre/{FOCUS}/etapes/cadeaux"
    holder = world.holders[0]
    pages = [
        (Measure("step page", least_ratio=0.6, most_statements=3), step, world.officer.headers),
        (Measure("home", least_ratio=0.3), "/", world.officer.headers),
        (Measure("sign-in page", least_per_second=1500), "/connexion", {}),
        (Measure("HR situation", most_p95=60), "/rh/situation", world.hr.headers),
        (Measure("certificate, kept"), f"/attestations/{holder.serial}.pdf", holder.headers),
    ]
    for measure, path, headers in pages:
        measure.statements = count_statements(world.app, path, headers)
    for _ in range(ROUNDS):
        for measure, path, headers in pages:
            measure.bare.append(bench.bare_page())
            # A long line is asked of a page that must not wait: fewer clients at once there.
            at_once = CLIENTS // 4 if measure.most_p95 else CLIENTS * 2
            loaded = get_page(bench.port, path, headers, seconds=SECONDS, connections=at_once)
            measure.rounds.append(loaded)
    return [measure for measure, _, _ in pages]


def measure_saves(bench: Bench) -> Measure:
    """Measure answers saved one by one, beside committed inserts."""
    measure = Measure("answer save", least_ratio=0.6, most_p95=40)
    for number in range(ROUNDS):
        units = [walks.inserting(bench.bare_port, bench.reader) for _ in range(CLIENTS)]
        measure.bare.append(at_work(units, SECONDS))
        visitors = bench.world.candidates[number * CLIENTS : (number + 1) * CLIENTS]
        units = [
            walks.saving(bench.port, FOCUS, visitor, bench.world.questions) for visitor in visitors
        ]
        measure.rounds.append(at_work(units, SECONDS))
    return measure


def measure_attempts(bench: Bench) -> list[Measure]:
    """Measure whole attempts, with the questions carried along, and with a page for each.

    The goal is 35 attempts of 8 questions a second; other lengths ask for as many questions. A
    first round, which is not counted, fills what each process remembers of the questions.
    """
    asked = bench.world.questions
    carried = Measure(f"whole attempt, {asked} q.", least_per_second=35 * 8 / asked)
    paged = Measure("same, page by page")
    waiting = iter(bench.world.candidates[ROUNDS * CLIENTS :])
    share = int(bench.world.count_left(ROUNDS * CLIENTS) / (ROUNDS + 1) / CLIENTS / 2)
    walked = ((carried, walks.whole_attempt), (paged, walks.page_by_page))
    for number in range(ROUNDS + 1):
        for measure, walk in walked:
            units = [
                walk(bench.port, FOCUS, list(islice(waiting, share)), asked) for _ in range(CLIENTS)
            ]
            load = at_work(units, SECONDS)
            if number:
                measure.rounds.append(load)
    return [carried, paged]


def measure_sign_ins(bench: Bench) -> Measure:
    """Measure sign-ins, each with its own check of a password."""
    measure = Measure("sign-in", least_per_second=80)
    visitors = bench.world.candidates
    for _ in range(ROUNDS):
        units = [
            walks.signing_in(bench.port, visitors[number * 20 : number * 20 + 20], PASSWORD)
            for number in range(CLIENTS)
        ]
        measure.rounds.append(at_work(units, SECONDS))
    return measure


def measure_certificates(bench: Bench) -> Measure:
    """Measure the making of a certificate's PDF, one after the other, each for the first time."""
    measure = Measure("certificate, made", most_p50=40)
    times = []
    for holder in bench.world.holders[1:]:
        connection = Connection(bench.port, holder.headers)
        start = time.perf_counter()
        connection.get(f"/attestations/{holder.serial}.pdf")
        times.append(time.perf_counter() - start)
        connection.close()
    measure.rounds.append(summarise(times, sum(times)))
    return measure


if __name__ == "__main__":
    raise SystemExit(main())
