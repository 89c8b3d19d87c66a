"""A throw-away PostgreSQL with the settings of deploy/: each commit waits for the disk."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import psycopg

from tests.postgresql import postgresql_server

SETTINGS = Path(__file__).resolve().parent.parent / "deploy" / "postgresql.conf"


def server() -> AbstractContextManager[str]:
    """Start the server on a socket of its own; yield the address of a database named ``{name}``."""
    settings = SETTINGS.read_text(encoding="utf-8")
    return postgresql_server("bench", settings=settings, stop="fast")


def create(address: str, name: str) -> str:
    """Create a database and return its address."""
    plain = address.replace("+psycopg", "")
    with psycopg.connect(plain.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return address.format(name=name)
