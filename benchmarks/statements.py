"""How many statements each page costs, counted inside the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from app.extensions import db


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """List the statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def count_statements(app: Flask, path: str, headers: dict[str, str]) -> int:
    """Count the statements of a page once it is warm."""
    client = app.test_client(use_cookies=False)
    with counting(app) as sent:
        for _ in range(2):  # The first time fills the memory of the process.
            sent.clear()
            response = client.get(path, headers=headers)
            if response.status_code != 200:
                raise RuntimeError(f"{path}: {response.status_code}")
    with app.app_context():
        db.engine.dispose()  # No connection may be shared with the clients' processes.
    return len(sent)
