"""Rows for every table, made from its columns: enough to see what a migration does to data."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

CHOSEN: dict[str, Any] = {
    "language": "fr",
    "role": "trainer",
    "origin": "own",
    "pass_mark": 80,
    "number": 1,
    "cycle": 1,
    "score_numerator": None,
    "score_denominator": None,
    "submitted_at": None,
    "passed": None,
    "delay_days": None,
    "closed_on": None,
    "state": "applied",
    "ends_on": None,
    "version_id": None,
    "started_at": None,
    "equivalence_reason": None,
}
"""Values that the tables' own checks ask for, by column."""
BY_TABLE: dict[tuple[str, str], Any] = {
    ("module_version", "kind"): "editorial",
    ("certificate_event", "kind"): "issued",
    ("ethics_contact", "kind"): "referent",
    ("enrolment", "corps"): None,
    ("directory_import", "kind"): "agents",
    ("directory_import", "turn"): None,
    ("enrolment_release", "reason"): "audience",
    ("draft", "state"): "writing",
    ("draft", "closed_at"): None,
    ("draft_review", "decision"): "approved",
}
PARENTS = {"parent_id", "merged_into_id", "below_id", "reviewer_id", "granted_by_id"}


def value_for(column: sa.Column[Any], number: int) -> Any:
    """Choose a value that the column takes."""
    known = BY_TABLE.get((column.table.name, column.name), CHOSEN.get(column.name, ...))
    if column.name == "corps" and known is not None:
        return ("pn", "gn", "pm")[number % 3]
    if known is not ... and not (known is None and not column.nullable):
        return known
    if column.foreign_keys:
        if column.name in PARENTS and column.nullable:
            return None
        (key,) = column.foreign_keys
        text = f"{key.column.table.name} {key.column.name} {number}"
        return text if isinstance(column.type, sa.Text) else number
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 1, number, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2026, 1, number)
    if isinstance(kind, sa.Integer):
        return number
    if isinstance(kind, sa.LargeBinary):
        return b"x"
    if isinstance(kind, sa.JSON):
        return []
    return f"{column.table.name} {column.name} {number}"


def fill(connection: sa.Connection, tables: set[str], rows: int = 3) -> None:
    """Insert rows into these tables, in the order of their references."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=sorted(every_table(connection)))
    for table in metadata.sorted_tables:
        if table.name not in tables:
            continue
        for number in range(1, rows + 1):
            values = {column.name: value_for(column, number) for column in table.columns}
            for column in table.primary_key.columns:
                if not column.foreign_keys and isinstance(column.type, sa.Integer):
                    values[column.name] = number
            connection.execute(table.insert().values(values))


def every_table(connection: sa.Connection) -> set[str]:
    """Name the tables of the record that exist now."""
    return set(sa.inspect(connection).get_table_names()) - {"alembic_version"}


def count_rows(connection: sa.Connection, tables: set[str]) -> dict[str, int]:
    """Count the rows of these tables."""
    return {
        table: connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
        for table in sorted(tables)
    }


def triggers(connection: sa.Connection) -> set[str]:
    """Name the append-only triggers that exist now."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return {name for (name,) in connection.execute(sa.text(query))}
