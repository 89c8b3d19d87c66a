"""Triggers that refuse to change the record, made from what each model declares."""

from __future__ import annotations

import sqlalchemy as sa

from app.database import Model

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE USING MESSAGE = 'append-only table ' || TG_TABLE_NAME, ERRCODE = '23001'; END $$
"""


def make_triggers(connection: sa.Connection) -> list[str]:
    """Make every append-only trigger again and return their names.

    Rebuilding a SQLite table drops its triggers silently, hence after every upgrade.
    """
    existing = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(FUNCTION)
    made = []
    for mapper in sorted(Model.registry.mappers, key=lambda mapper: mapper.class_.__tablename__):
        model = mapper.class_
        if model.__tablename__ not in existing:
            continue
        for event in sorted(model.append_only):
            name = f"{model.__tablename__}_no_{event}"
            columns = refused_columns(model) if event == "update" else []
            for statement in trigger_sql(
                connection.dialect.name, model.__tablename__, name, event, columns
            ):
                connection.exec_driver_sql(statement)
            made.append(name)
    return made


def refused_columns(model: type[Model]) -> list[str]:
    """List the columns that no update may touch, where some are free; else none are named."""
    if not model.may_change:
        return []
    return [name for name in model.__table__.columns.keys() if name not in model.may_change]  # noqa: SIM118


def trigger_sql(dialect: str, table: str, name: str, event: str, columns: list[str]) -> list[str]:
    """Write the statements that (re)make one trigger."""
    of = f" OF {', '.join(columns)}" if columns else ""
    if dialect == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event.upper()}{of} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event.upper()}{of} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ]
