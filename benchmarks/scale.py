"""Measure HR's pages, lists, exports and snapshots on large organisations, on both databases.

    make bench-scale

Loads an organisation of each size of `BENCH_SIZES` (5000 and 500000 unless told), which takes most
of the time, and measures it in this process: server time without the network, in milliseconds of
the clock and of this process's own processor time, which a busy machine disturbs less but which
leaves PostgreSQL's share out. `BENCH_DATABASES=sqlite` keeps one database;
`BENCH_KEPT=folder` keeps the SQLite files there and uses them again.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.database import utc_now, write
from app.database_cli import upgrade_database
from app.days import day_of
from app.demo import services as demo
from app.demo.large import loading
from app.extensions import db
from app.people.models import OrganisationalUnit
from app.statistics import following
from app.statistics.following import NamesAsked
from benchmarks import beside, postgresql
from benchmarks.streaming import stream_apart
from benchmarks.world import SETTINGS, sign_in
from tests.postgresql import postgresql_binaries

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "5000 500000").split()]
REPEATS = int(os.environ.get("BENCH_REPEATS", "40"))
MOST_PAGE, MOST_LIST = 60, 100
MOST_GROWTH = 1.5
MOST_SNAPSHOT = {"sqlite": 20, "postgresql": 15}
LEAST_ROWS, MOST_MEGABYTES = 60_000, 120


@dataclass(slots=True)
class Page:
    """A page asked for again and again: its times, in milliseconds."""

    name: str
    path: str
    most: float
    clock: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    @staticmethod
    def p95(times: list[float]) -> float:
        """Give the 95th percentile."""
        return sorted(times)[int(0.95 * (len(times) - 1))]


def main() -> int:
    """Measure each database at each size; 1 where a goal was missed."""
    kept = os.environ.get("BENCH_DATABASES", "sqlite postgresql").split()
    missed = 0
    with ExitStack() as stack:
        if "sqlite" in kept:
            folder = os.environ.get("BENCH_KEPT") or stack.enter_context(
                tempfile.TemporaryDirectory(prefix="bench-")
            )
            urls = [f"sqlite:///{Path(folder) / f'large-{size}.sqlite3'}" for size in SIZES]
            missed += measure_sizes(urls)
        if "postgresql" in kept and postgresql_binaries() is None:
            print("PostgreSQL is not installed here: it was not measured.")
        elif "postgresql" in kept:
            address = stack.enter_context(postgresql.server())
            missed += measure_sizes([postgresql.create(address, f"large{s}") for s in SIZES])
    return 1 if missed else 0


def measure_sizes(urls: list[str]) -> int:
    """Measure the organisations of a database, from the smallest; return how many goals missed."""
    missed, smallest = 0, list[Page]()
    for size, url in zip(SIZES, urls, strict=True):
        settings = SETTINGS | {"DATABASE_URL": url}
        app = create_app(settings)
        load(app, size)
        with app.app_context():
            print(f"\n{db.engine.dialect.name}, {size:,} agents, "
                  f"{loading.database_bytes() / 10**6:,.0f} MB")  # fmt: skip
            missed += measure_snapshot(app)
            headers = write(sign_in, app, ("demo-rh",))[0].headers
            pages = list(list_pages())
            missed += measure_export(app, settings)
            db.session.close()
        measure_pages(app, pages, headers)
        missed += show_pages(pages, smallest)
        smallest = smallest or pages
    return missed


def load(app: Flask, size: int) -> None:
    """Load an organisation, unless it is there, in a process whose memory goes with it."""
    loader = multiprocessing.get_context("fork").Process(target=load_here, args=(app, size))
    loader.start()
    loader.join()
    if loader.exitcode:
        raise SystemExit("the organisation could not be loaded")


def load_here(app: Flask, size: int) -> None:
    """Load an organisation, unless it is there."""
    with app.app_context():
        upgrade_database()
        if not demo.is_loaded(db.session):
            load_all(size)


def load_all(size: int) -> None:
    """Load an organisation, saying how far it is."""
    start = time.monotonic()
    for done in loading.load(size, seed=1):
        print(f"{time.monotonic() - start:7.1f} s  {done}", flush=True)


def list_pages() -> Iterator[Page]:
    """List the pages: at each level of the tree, cut in each way, and lists at both ends."""
    unit = OrganisationalUnit
    depths = sa.select(sa.func.min(unit.id)).group_by(sa.func.length(unit.path)).subquery()
    zones = db.session.scalars(
        sa.select(unit.id).where(unit.id.in_(sa.select(depths))).order_by(unit.id)
    ).all()
    yield Page("situation", "/rh/situation", MOST_PAGE)
    yield Page("situation, a zone", f"/rh/situation?unite={zones[2]}", MOST_PAGE)
    yield Page("situation, a crew", f"/rh/situation?unite={zones[-1]}", MOST_PAGE)
    for view in ("modules", "corps", "grades", "evolution"):
        yield Page(f"situation by {view}", f"/rh/situation?vue={view}", MOST_PAGE)
    yield Page("situation of a corps", "/rh/situation?corps=gn&vue=modules", MOST_PAGE)
    yield Page("situation, two dates", f"/rh/situation?avec={day_of(utc_now())}", MOST_PAGE)
    yield Page("situation, units now", "/rh/situation?structure=aujourdhui", MOST_PAGE)
    yield Page("situation of a path", "/rh/situation?ensemble=parcours-1", MOST_PAGE)
    yield Page("list, first page", "/rh/suivi", MOST_LIST)
    yield Page("list, last page", f"/rh/suivi?apres={find_last()}", MOST_LIST)
    yield Page("list, late only", "/rh/suivi?etat=late", MOST_LIST)
    yield Page("list, expiring", "/rh/suivi?etat=expiring_30", MOST_LIST)
    yield Page("list of a zone", f"/rh/suivi?unite={zones[2]}&etat=not_started", MOST_LIST)


def find_last() -> str:
    """Find after which row the last page of the list starts."""
    asked = NamesAsked(paths=("/",))
    statement = following.select_names(asked, day_of(utc_now()))
    last: list[sa.Row[Any]] = []
    for rows in following.walk(db.session, asked, statement):
        last = [*last, *rows][-following.PAGE - 1 :]
    return f"{last[0].id}-{last[0].module_id}"


def measure_pages(app: Flask, pages: list[Page], headers: dict[str, str]) -> None:
    """Ask for each page in turn, again and again."""
    client = app.test_client(use_cookies=False)
    for turn in range(REPEATS + 2):
        for page in pages:
            clock, own = time.perf_counter(), time.process_time()
            response = client.get(page.path, headers=headers)
            assert response.status_code == 200, (page.path, response.status_code)
            if turn >= 2:  # The first ones fill the caches.
                page.clock.append(1000 * (time.perf_counter() - clock))
                page.own.append(1000 * (time.process_time() - own))


def show_pages(pages: list[Page], smallest: list[Page]) -> int:
    """Print the times of pages, beside those of the smallest organisation."""
    print(f"{'':<28}{'p95 ms':>8}{'own ms':>8}{'growth':>8}")
    missed = 0
    for page, small in zip(pages, smallest or pages, strict=True):
        p95, own = page.p95(page.clock), page.p95(page.own)
        growth = own / small.p95(small.own)
        reached = p95 <= page.most and growth <= MOST_GROWTH
        missed += not reached
        print(f"{page.name:<28}{p95:>8.1f}{own:>8.1f}{growth:>7.2f}x  "
              f"p95 at most {page.most} ms, {MOST_GROWTH} x: {say(reached)}")  # fmt: skip
    return missed


def measure_snapshot(app: Flask) -> int:
    """Time a snapshot, and the small writes beside it: of people, then of clients without a pause.

    The second is said without a goal: such clients take from it all that the machine has left.
    """
    most = MOST_SNAPSHOT[db.engine.dialect.name]
    found = beside.take_snapshot_beside_writes(app, pause=beside.PAUSE)
    quick, quiet = found.seconds <= most, found.busy.p99 <= 3 * found.idle.p99
    print(f"snapshot {found.seconds:.1f} s ({found.own:.1f} s of its processor time) "
          f"beside {found.idle.per_second:.0f} small writes a second, "
          f"at most {most} s: {say(quick)}")  # fmt: skip
    print(f"these writes, p99 {found.idle.p99:.1f} ms before, {found.busy.p99:.1f} ms beside it, "
          f"at most 3 x: {say(quiet)}")  # fmt: skip
    found = beside.take_snapshot_beside_writes(app, pause=0)
    print(f"snapshot {found.seconds:.1f} s beside {found.idle.per_second:,.0f} writes a second "
          f"without a pause: p99 {found.idle.p99:.1f} ms before, "
          f"{found.busy.p99:.1f} ms beside it")  # fmt: skip
    return (not quick) + (not quiet)


def measure_export(app: Flask, settings: dict[str, object]) -> int:
    """Stream the national list of names; count its rows and the memory that it takes."""
    headers = write(sign_in, app, ("demo-rh",))[0].headers
    db.session.close()
    found = stream_apart(settings, headers)
    rate, own_rate = found.rows / found.seconds, found.rows / found.own
    reached = rate >= LEAST_ROWS and found.most <= MOST_MEGABYTES
    print(f"export of names: {found.rows:,} rows, {rate:,.0f} rows/s "
          f"({own_rate:,.0f} a second of its processor time), {found.most:.0f} MB, "
          f"of which {found.before:.0f} before; "
          f"at least {LEAST_ROWS:,} rows/s in {MOST_MEGABYTES} MB: {say(reached)}")  # fmt: skip
    return not reached


def say(reached: bool) -> str:
    """Say whether a goal is reached."""
    return "ok" if reached else "BELOW"


if __name__ == "__main__":
    raise SystemExit(main())
