"""Commands for the database: bring it to the latest tables."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.append_only import make_triggers
from app.extensions import alembic, db
from app.references import make_reference_triggers

database = AppGroup("database", help="Prepare the database.")


@database.command()
@click.argument("target", default="heads")
def upgrade(target: str) -> None:
    """Create or upgrade the tables, then make the append-only triggers again."""
    upgrade_database(target)
    click.echo("The database is at the latest version.")


@database.command()
@click.argument("target")
def downgrade(target: str) -> None:
    """Go back to an earlier revision; what it did not know is lost."""
    downgrade_database(target)
    click.echo(f"The database is at {target}.")


def upgrade_database(target: str = "heads") -> None:
    """Run the migrations up to ``target`` in one transaction, then make the triggers."""
    with current_app.app_context():  # Alembic's connection is closed with its context.
        forget_references()
        alembic.upgrade(target)
    finish_migration()


def downgrade_database(target: str) -> None:
    """Undo the migrations down to ``target`` in one transaction, then make the triggers."""
    with current_app.app_context():
        forget_references()
        alembic.downgrade(target)
    finish_migration()


def forget_references() -> None:
    """Switch SQLite's references off: a table being rebuilt must not empty those that cite it."""
    connection = alembic.migration_context.connection
    if connection is not None and connection.dialect.name == "sqlite":
        # On the driver's own connection: inside a transaction the pragma would do nothing.
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.cursor().execute("PRAGMA foreign_keys=OFF")


def finish_migration() -> None:
    """Check every reference and make the triggers again."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"broken references after the migration: {broken[:5]}")
        make_triggers(connection)
        make_reference_triggers(connection)
