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
        for name, when in triggers_of(model, connection.dialect.name).items():
            for statement in trigger_sql(connection.dialect.name, model.__tablename__, name, when):
                connection.exec_driver_sql(statement)
            made.append(name)
    return made


def triggers_of(model: type[Model], dialect: str) -> dict[str, str]:
    """Map the triggers of a table to what each one refuses, in the words of SQL."""
    table = model.__tablename__
    each = "FOR EACH ROW"
    refused = {
        f"{table}_no_{event}": f"{event.upper()}{listed(model, event)} ON {table} {each}"
        for event in sorted(model.append_only)
    }
    if model.final_once:
        final = f"OLD.{model.final_once} IS NOT NULL"
        final = f"({final})" if dialect == "postgresql" else final
        refused[f"{table}_no_rewrite"] = f"UPDATE ON {table} {each} WHEN {final}"
    if "delete" in model.append_only and dialect == "postgresql":
        # It empties a table without asking the triggers of its rows.
        refused[f"{table}_no_truncate"] = f"TRUNCATE ON {table} FOR EACH STATEMENT"
    return refused


def listed(model: type[Model], event: str) -> str:
    """Write the columns that a trigger watches; nothing where it watches them all."""
    columns = refused_columns(model) if event == "update" else []
    return f" OF {', '.join(columns)}" if columns else ""


def refused_columns(model: type[Model]) -> list[str]:
    """List the columns that no update may touch, where some are free; else none are named."""
    if not model.may_change:
        return []
    return [name for name in model.__table__.columns.keys() if name not in model.may_change]  # noqa: SIM118


def trigger_sql(dialect: str, table: str, name: str, when: str) -> list[str]:
    """Write the statements that (re)make one trigger."""
    if dialect == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {when} BEGIN "
            f"SELECT RAISE(ABORT, 'append-only table {table}'); END",
        ]
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION refuse_change()",
    ]
