"""A throw-away PostgreSQL server, and databases on it that tests take one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg

from tests.databases import Make, migrate
from tests.kept_connections import Kept

LARGE = 1024 * 1024
"""Bytes of a table from which a new database costs less than this one emptied."""
SHAPE: LiteralString = """
WITH of_ours AS (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT (SELECT (count(*), max(oid::bigint)) FROM of_ours),
  (SELECT (count(*), sum(attnum)) FROM pg_attribute
   WHERE attrelid IN (TABLE of_ours) AND NOT attisdropped),
  (SELECT (count(*), max(oid::bigint), sum(ascii(tgenabled::text))) FROM pg_trigger
   WHERE tgrelid IN (TABLE of_ours)),
  (SELECT (count(*), max(oid::bigint)) FROM pg_constraint WHERE conrelid IN (TABLE of_ours)),
  (SELECT (count(*), max(oid::bigint)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
  (SELECT string_agg(version_num, ',') FROM alembic_version)
"""
"""What a change of any table, trigger or function changes."""
TABLES: LiteralString = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
OTHERS: LiteralString = """
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> ALL(%s)
"""
SEQUENCES: LiteralString = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


def postgresql_binaries() -> Path | None:
    """Find PostgreSQL's programs: on PATH first, then where Debian keeps them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgresql_server(
    user: str = "tests", *, settings: str = "fsync = off", stop: str = "immediate"
) -> Iterator[str]:
    """Start a throw-away server on a socket of its own; yield the address of its databases.

    ``settings`` are lines of postgresql.conf: those of tests wait for no disk.
    """
    binaries = postgresql_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL's programs are not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # initdb refuses root, so the superuser becomes the system's postgres account.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")

    def run(*command: object) -> None:
        subprocess.run([*as_user, *map(str, command)], check=True, capture_output=True, cwd="/")

    data = folder / "data"
    run(binaries / "initdb", "-D", data, "-U", user, "--auth=trust", "-E", "UTF8", "--no-sync",
        "--locale=C.UTF-8")  # fmt: skip
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"{settings}\n")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
    run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://{user}@/{{name}}?host={folder}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", stop, "stop")
        shutil.rmtree(folder, ignore_errors=True)


class Database:
    """A migrated database, brought back to how it was after each test.

    A new one is 240 files to write and to drop, and a new connection reads the catalogue anew.
    """

    def __init__(self, address: str, kept: Kept) -> None:
        self.url, self.kept = address, kept
        self.admin = psycopg.connect(address.replace("+psycopg", ""), autocommit=True)
        # No trigger and no reference keeps a row from being deleted.
        self.admin.execute("SET session_replication_role = replica")
        tables = self.admin.execute(TABLES).fetchall()
        self.filled = " UNION ALL ".join(
            f"SELECT '{name}', pg_relation_size('{name}'::regclass)"
            f' WHERE EXISTS (SELECT FROM "{name}")'
            for (name,) in tables
        )
        self.shape = self.see_shape()

    def see_shape(self) -> Any:
        """Give what a change of any table, trigger or function changes."""
        return self.admin.execute(SHAPE).fetchone()

    def empty(self) -> bool:
        """Bring it back to how it was made, with nobody on it; tell whether that is worth it."""
        mine = [*self.kept.processes(), self.admin.info.backend_pid]
        self.admin.execute(OTHERS, (mine,))
        if self.see_shape() != self.shape:
            return False
        filled = self.execute(self.filled).fetchall()
        if any(size > LARGE for _, size in filled):
            return False
        for name, _ in filled:
            self.execute(f'DELETE FROM "{name}"')
        self.admin.execute(SEQUENCES)
        return True

    def execute(self, statement: str) -> psycopg.Cursor[Any]:
        """Send a statement that names tables."""
        return self.admin.execute(cast(LiteralString, statement))


@contextmanager
def postgresql_databases(address: str, worker: str) -> Iterator[Make]:
    """Yield a maker of PostgreSQL databases, cloned from one migrated template."""
    template, free, count = f"template_{worker}", list[Database](), 0
    admin = psycopg.connect(address.replace("+psycopg", "").format(name="postgres"))
    admin.autocommit = True
    admin.execute(f"CREATE DATABASE {template}")
    migrate(address.format(name=template))

    def clone(kept: Kept) -> Database:
        nonlocal count
        count += 1
        name = f"test_{worker}_{count}"
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return Database(address.format(name=name), kept)

    def take(kept: Kept) -> Database:
        while free:
            one = free.pop()
            if one.empty():
                return one
            admin.execute(f"DROP DATABASE {one.admin.info.dbname} WITH (FORCE)")
            one.admin.close()
        return clone(kept)

    with Kept() as kept:

        def make() -> tuple[str, Callable[[], None]]:
            one = take(kept)
            return one.url, lambda: free.append(one)

        yield make
    for one in free:
        one.admin.close()
    admin.close()
