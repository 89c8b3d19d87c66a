"""Connections to PostgreSQL that outlive a test's engines, with the catalogue they have read."""

from __future__ import annotations

from collections import defaultdict
from types import TracebackType
from typing import Any, Self

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus

AS_NEW = "RESET ALL; SELECT pg_advisory_unlock_all(); DISCARD TEMP"


class KeptConnection(psycopg.Connection[Any]):
    """A connection that goes to rest when it is closed."""

    resting: list[KeptConnection] | None = None

    def close(self) -> None:
        """Go to rest, unless something was going on."""
        if self.resting is None or self.info.transaction_status != TransactionStatus.IDLE:
            self.end()
        elif self not in self.resting:
            self.resting.append(self)

    def end(self) -> None:
        """Close it for good."""
        self.resting = None
        super().close()

    def is_as_new(self) -> bool:
        """Forget what was set; tell whether the server is still there."""
        try:
            self.isolation_level = None
            self.autocommit = True
            self.execute(AS_NEW)
            self.autocommit = False
        except psycopg.Error:
            self.end()
        return self.resting is not None


class Kept:
    """Give the engines of this process connections that engines before them have closed."""

    def __init__(self) -> None:
        self.resting: dict[str, list[KeptConnection]] = defaultdict(list)

    def __enter__(self) -> Self:
        sa.event.listen(sa.Engine, "do_connect", self.connect)
        return self

    def __exit__(
        self, _: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        sa.event.remove(sa.Engine, "do_connect", self.connect)
        for ones in self.resting.values():
            for one in ones:
                one.end()

    def processes(self) -> list[int]:
        """List the numbers of the server's processes that serve those at rest."""
        return [one.info.backend_pid for ones in self.resting.values() for one in ones]

    def connect(
        self, dialect: sa.Dialect, _record: object, cargs: Any, cparams: dict[str, Any]
    ) -> KeptConnection | None:
        """Give one at rest that was opened as this one would be, or open it."""
        if dialect.name != "postgresql":
            return None
        # How values are adapted is the engine's own, and the same for all.
        key = str([(name, cparams[name]) for name in sorted(cparams) if name != "context"])
        resting = self.resting[key]
        while resting:
            one = resting.pop()
            if one.is_as_new():
                return one
        one = KeptConnection.connect(*cargs, **cparams)
        one.resting = resting
        return one
