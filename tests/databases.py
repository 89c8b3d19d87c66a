"""A migrated database for each test: a copied SQLite file, or a cloned PostgreSQL database."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from app import create_app
from app.database_cli import upgrade_database
from app.engines import sqlite_module
from app.extensions import db

QUIET = {
    "IMPORT_PROCESSES": False,
    "LOG_LEVEL": "CRITICAL",
    "RATE_LIMITS": False,
    "SECRET_KEY": "for-tests-only",
    # Previews give way to all the rest: tests that run beside may leave them little.
    "PREVIEW_WALL_SECONDS": 60,
}
Make = Callable[[], tuple[str, Callable[[], None]]]


def migrate(url: str) -> None:
    """Bring an empty database to the latest tables."""
    app = create_app(QUIET | {"DATABASE_URL": url})
    with app.app_context():
        upgrade_database()
        db.engine.dispose()


@contextmanager
def sqlite_databases() -> Iterator[Make]:
    """Yield a maker of SQLite databases, each a copy of one migrated file."""
    folder = Path(tempfile.mkdtemp(prefix="exemplarite-"))
    template = folder / "template.sqlite3"
    migrate(f"sqlite:///{template}")
    fold_log(template)
    count = 0

    def make() -> tuple[str, Callable[[], None]]:
        nonlocal count
        count += 1
        path = folder / f"test{count}.sqlite3"
        shutil.copyfile(template, path)

        def drop() -> None:
            for leftover in folder.glob(f"{path.name}*"):
                leftover.unlink(missing_ok=True)

        return f"sqlite:///{path}", drop

    try:
        yield make
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fold_log(path: Path) -> None:
    """Fold the write-ahead log into the file, so that copying the file copies all."""
    connection = sqlite_module.connect(str(path))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def postgresql_binaries() -> Path | None:
    """Find PostgreSQL's programs: on PATH first, then where Debian keeps them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start a throw-away server on a socket of its own; yield the address of its databases."""
    binaries = postgresql_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL's programs are not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # initdb refuses root, so the superuser becomes the system's postgres account.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    data, socket = folder / "data", folder
    run = lambda *command: subprocess.run(  # noqa: E731
        [*as_user, *map(str, command)], check=True, capture_output=True, cwd="/"
    )
    run(binaries / "initdb", "-D", data, "-U", "tests", "--auth=trust", "-E", "UTF8", "--no-sync",
        "--locale=C.UTF-8")  # fmt: skip
    options = f"-k {socket} -c listen_addresses='' -c fsync=off -c max_connections=200"
    run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://tests@/{{name}}?host={socket}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql_databases(address: str, worker: str) -> Iterator[Make]:
    """Yield a maker of PostgreSQL databases, each cloned from one migrated template.

    One is dropped when the next is made: by then those whom its test leaves are gone, for whom
    PostgreSQL would wait a tenth of a second.
    """
    plain = address.replace("+psycopg", "")
    template = f"template_{worker}"
    admin = psycopg.connect(plain.format(name="postgres"), autocommit=True)
    admin.execute(f"CREATE DATABASE {template}")
    migrate(address.format(name=template))
    count = 0
    left: list[str] = []

    def make() -> tuple[str, Callable[[], None]]:
        nonlocal count
        count += 1
        while left:
            admin.execute(f"DROP DATABASE IF EXISTS {left.pop()} WITH (FORCE)")
        name = f"test_{worker}_{count}"
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")

        return address.format(name=name), lambda: left.append(name)

    yield make
    admin.close()
