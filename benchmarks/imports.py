"""Measure how long a directory file takes to import, on both databases.

    make bench-imports
    python -m benchmarks.imports --rows 500000

A file of agents is imported as new, again unchanged, then with one agent in fifty moved: time,
rows a second, the largest memory of the process, and the size of the database.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from app import create_app
from app.database_cli import upgrade_database
from app.extensions import db
from benchmarks import postgresql
from benchmarks.world import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
HEADING = (
    "matricule;nom;prenom;courriel;code_unite;unite;code_parent;corps;grade;categorie;arrivee\n"
)
STAFF = 25
"""Agents of a unit."""
MOST_NEW, MOST_UNCHANGED = 300.0, 60.0
"""Seconds for half a million rows."""
FULL = 500_000


@dataclass(frozen=True, slots=True)
class Run:
    """One import: seconds, those of them at work in its process, its largest memory in MiB."""

    name: str
    seconds: float
    at_work: float
    memory: float


def main() -> int:
    """Measure on both databases; the exit status tells whether the goals are met."""
    parser = argparse.ArgumentParser(description="Measure directory imports.")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    given = parser.parse_args()
    measures = {"sqlite": on_sqlite, "postgresql": on_postgresql}
    chosen = given.database or list(measures)
    met = [measures[name](given.rows) for name in chosen]
    return 0 if all(met) else 1


def on_sqlite(rows: int) -> bool:
    """Measure on SQLite."""
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as folder:
        path = Path(folder) / "imports.sqlite3"
        return measure("SQLite", f"sqlite:///{path}", rows, lambda: path.stat().st_size)


def on_postgresql(rows: int) -> bool:
    """Measure on PostgreSQL."""
    with postgresql.server() as address:
        url = postgresql.create(address, "imports")

        def size() -> int:
            with psycopg.connect(url.replace("+psycopg", "")) as connection:
                row = connection.execute("SELECT pg_database_size('imports')").fetchone()
                return int(row[0]) if row else 0

        return measure("PostgreSQL", url, rows, size)


def measure(name: str, url: str, rows: int, size: Callable[[], int]) -> bool:
    """Import a file as new, unchanged and a little changed; print what each took."""
    app = create_app(SETTINGS | {"DATABASE_URL": url})
    with app.app_context():
        upgrade_database()
        db.engine.dispose()
    with tempfile.TemporaryDirectory(prefix="bench-files-") as folder:
        first, second = Path(folder) / "first.csv", Path(folder) / "second.csv"
        write_file(first, rows, moved=False)
        write_file(second, rows, moved=True)
        runs = [
            import_file("new", url, first), import_file("unchanged", url, first),
            import_file("2 % moved", url, second),
        ]  # fmt: skip
    print(f"\n{name}, {rows:,} rows; database {size() / 2**20:,.0f} MiB")
    for run in runs:
        print(
            f"  {run.name:<10} {run.seconds:8.1f} s ({run.at_work:.1f} s at work)"
            f" {rows / run.seconds:10,.0f} rows/s"
            f" {run.memory:8,.0f} MiB"
        )
    share = rows / FULL
    is_met = runs[0].seconds <= MOST_NEW * share and runs[1].seconds <= MOST_UNCHANGED * share
    if rows >= FULL:
        print(f"  goals (new ≤ {MOST_NEW:.0f} s, unchanged ≤ {MOST_UNCHANGED:.0f} s): {is_met}")
    sys.stdout.flush()
    return is_met or rows < FULL


def write_file(path: Path, rows: int, *, moved: bool) -> None:
    """Write a file of agents, their units and the directions above."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADING)
        for number in range(rows):
            unit = (number // STAFF + (moved and number % 50 == 0)) % (rows // STAFF or 1)
            above = f"D{unit // 200};" if unit % 200 else ";"
            code = f"U{unit}" if unit % 200 else f"D{unit // 200}"
            file.write(
                f"PN{number:07};Lefèvre-{number % 9973};Zoé;a{number}@example.fr;{code};"
                f"Unité {code};{above}pn;gardien;application;2020-09-01\n"
            )


def import_file(name: str, url: str, path: Path) -> Run:
    """Import a file as an operator does."""
    environment = os.environ | {
        "DATABASE_URL": url, "SECRET_KEY": SETTINGS["SECRET_KEY"], "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "people", "import", str(path), "--apply"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import « {name} » failed")
    at_work = usage.ru_utime + usage.ru_stime
    return Run(name, time.perf_counter() - began, at_work, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
