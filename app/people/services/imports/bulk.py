"""Insert many rows at once by the fastest door of each database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.database import Model


def insert_many(
    session: Session, model: type[Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows, each a tuple in the order of the names."""
    if not rows:
        return
    connection = session.connection()
    columns = ", ".join(names)
    if connection.dialect.name == "postgresql":
        copy_rows(connection.connection.driver_connection, model.__tablename__, columns, rows)
        return
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {model.__tablename__} ({columns}) VALUES ({places})"  # noqa: S608 - our own names.
    connection.exec_driver_sql(statement, [tuple(map(plain, row)) for row in rows])


def copy_rows(driver: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Send rows to PostgreSQL as a stream."""
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def plain(value: Any) -> Any:
    """Write a day as SQLite keeps it."""
    return value.isoformat() if isinstance(value, date) else value
