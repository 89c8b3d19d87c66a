"""A migrated database for each test; on SQLite, a copied file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

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
