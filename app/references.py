"""References that PostgreSQL checks once for each statement, not once for each row.

The rows of a snapshot come by the hundred thousand: looking the same snapshot up for each of them
took it longer than the rows (decision 0024). SQLite, which it costs little, keeps the reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from app.database import Model

BY_STATEMENT = "checked_by_statement"

# A driver that is given no values still reads a lone % as the place of one.
FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION refuse_orphans() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE orphans boolean;
BEGIN
  -- Nobody deletes what the new rows name before they are there to be seen.
  EXECUTE format('SELECT 1 FROM %%I WHERE id IN (SELECT DISTINCT %%I FROM new_rows) FOR KEY SHARE',
                 TG_ARGV[1], TG_ARGV[0]);
  EXECUTE format('SELECT EXISTS (SELECT DISTINCT %%I FROM new_rows EXCEPT SELECT id FROM %%I)',
                 TG_ARGV[0], TG_ARGV[1]) INTO orphans;
  IF orphans THEN
    RAISE USING MESSAGE = 'no such ' || TG_ARGV[1] || ' for ' || TG_TABLE_NAME, ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
""",
    """
CREATE OR REPLACE FUNCTION refuse_to_orphan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE orphans boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %%I WHERE %%I = $1)', TG_ARGV[1], TG_ARGV[0])
    INTO orphans USING OLD.id;
  IF orphans THEN
    RAISE USING MESSAGE = TG_ARGV[1] || ' still names this ' || TG_TABLE_NAME, ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$
""",
)


def key_by_statement(target: str) -> Any:
    """Declare, in a key, a reference to the id of another table that is checked by statement."""
    return mapped_column(sa.ForeignKey(target, info={BY_STATEMENT: True}), primary_key=True)


def is_by_statement(kind: str | None, item: Any) -> bool:
    """Tell a reference that PostgreSQL has as triggers: `compare_metadata` does not look for it."""
    if kind != "foreign_key_constraint":
        return False
    return any(BY_STATEMENT in element.info for element in item.elements)


def list_by_statement() -> Iterator[tuple[str, str, str]]:
    """List the table, the column and the table that it names of each such reference."""
    for table in Model.metadata.sorted_tables:
        for reference in table.foreign_keys:
            if BY_STATEMENT in reference.info:
                yield table.name, reference.parent.name, reference.column.table.name


def make_reference_triggers(connection: sa.Connection) -> None:
    """Make again the triggers by which PostgreSQL checks these references."""
    if connection.dialect.name != "postgresql":
        return
    existing = set(sa.inspect(connection).get_table_names())
    for function in FUNCTIONS:
        connection.exec_driver_sql(function)
    for table, column, named in list_by_statement():
        for name, on, when, act in (
            (f"{table}_has_{named}", table,
             "AFTER INSERT ON {on} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
             f"refuse_orphans('{column}', '{named}')"),
            (f"{table}_keeps_{named}", named, "AFTER DELETE ON {on} FOR EACH ROW",
             f"refuse_to_orphan('{column}', '{table}')"),
        ):  # fmt: skip
            if (
                on in existing
            ):  # Its own may have gone with a downgrade, and left that of the other.
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {on}")
            if {table, named} <= existing:
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {name} {when.format(on=on)} EXECUTE FUNCTION {act}"
                )
