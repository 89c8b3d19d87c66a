"""The demonstration with something on every page, served to be read only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients import guest_cookie
from tests.e2e.addresses import Address, addresses
from tests.e2e.cast import CAST, change_content, things_of
from tests.e2e.prepared import copy
from tests.e2e.record import Record
from tests.servers import Server


@dataclass(frozen=True)
class Site:
    """A server, and the database that it reads."""

    server: Server
    record: Record

    def cookie(self, role: str, language: str) -> str:
        """Give the cookie of a role that reads in a language."""
        matricule = CAST[role]
        if matricule is None:
            return guest_cookie(self.record.app, language=language)
        return self.record.cookie(matricule, language=language)

    def things(self, role: str) -> dict[str, Any]:
        """Find what stands in the addresses of a role's pages."""
        return things_of(self.record, CAST[role])

    def addresses(self, role: str) -> list[Address]:
        """List the addresses that a role may open."""
        return list(addresses(self.record.app, role, self.things(role)))


@contextmanager
def serve(prepared: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of a prepared database."""
    database = copy(prepared, folder)
    record = Record(database)
    with Server(f"sqlite:///{database}", folder, DEMO="true") as server:
        yield Site(server, record)
    record.close()


@contextmanager
def serve_pages(prepared_pages: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of the prepared database, with content that a trainer is changing."""
    database = copy(prepared_pages, folder)
    content = str(change_content(folder))
    record = Record(database)
    with Server(f"sqlite:///{database}", folder, DEMO="true", CONTENT_DIR=content) as server:
        yield Site(server, record)
    record.close()
