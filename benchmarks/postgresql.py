"""A throw-away PostgreSQL with the settings of deploy/: each commit waits for the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.postgresql import postgresql_binaries

SETTINGS = Path(__file__).resolve().parent.parent / "deploy" / "postgresql.conf"


@contextmanager
def server() -> Iterator[str]:
    """Start the server on a socket of its own; yield the address of a database named ``{name}``."""
    binaries = postgresql_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL's programs are not installed (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    as_user = []
    if os.geteuid() == 0:  # initdb refuses root.
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")

    def run(*command: object) -> None:
        subprocess.run([*as_user, *map(str, command)], check=True, capture_output=True, cwd="/")

    data = folder / "data"
    run(binaries / "initdb", "-D", data, "-U", "bench", "--auth=trust", "-E", "UTF8",
        "--locale=C.UTF-8")  # fmt: skip
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.read_text(encoding="utf-8"))
    options = f"-k {folder} -c listen_addresses='' -c max_connections=100"
    run(binaries / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://bench@/{{name}}?host={folder}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def create(address: str, name: str) -> str:
    """Create a database and return its address."""
    plain = address.replace("+psycopg", "")
    with psycopg.connect(plain.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return address.format(name=name)
