"""Every migration goes up and down over a populated database without touching a row."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from app.database import Model, utc_now
from app.database_cli import downgrade_database, upgrade_database
from app.extensions import alembic, db
from app.people.models import OutgoingMail
from app.references import list_by_statement
from tests.filling import count_rows, every_table, fill, triggers


def revisions(app: Flask) -> list[str]:
    """List the revisions, oldest first."""
    with app.app_context():
        return [script.revision for script in alembic.log()][::-1]


def test_each_migration_keeps_every_row_and_trigger_both_ways(app: Flask) -> None:
    with app.app_context():
        downgrade_database("base")
        known: set[str] = set()
        for revision in revisions(app):
            with db.engine.connect() as connection:
                before = (count_rows(connection, known), triggers(connection))
            upgrade_database(revision)
            check_kept(before, known)
            new = tables_now() - known
            with db.engine.begin() as connection:
                fill(connection, new)
            known |= new
            up = rows_and_triggers(known)
            assert expected_triggers(known) == up[1]
            go_back_and_forth(revision, up, known - new, new)


def go_back_and_forth(
    revision: str, up: tuple[dict[str, int], set[str]], older: set[str], new: set[str]
) -> None:
    """Undo the revision and run it again: the tables older than it keep their rows."""
    if not older:
        return
    downgrade_database("-1")
    with db.engine.connect() as connection:
        assert every_table(connection) == older
        assert count_rows(connection, older) == {table: up[0][table] for table in older}
        assert triggers(connection) == expected_triggers(older)
    upgrade_database(revision)
    with db.engine.begin() as connection:
        fill(connection, new)
    assert rows_and_triggers(older | new) == up


def check_kept(before: tuple[dict[str, int], set[str]], known: set[str]) -> None:
    """Compare the rows and triggers of the tables known before."""
    rows, names = rows_and_triggers(known)
    assert rows == before[0]
    assert names >= before[1]


def tables_now() -> set[str]:
    """Name the tables that exist now."""
    with db.engine.connect() as connection:
        return every_table(connection)


def rows_and_triggers(tables: set[str]) -> tuple[dict[str, int], set[str]]:
    """Count rows and name triggers."""
    with db.engine.connect() as connection:
        return count_rows(connection, tables), triggers(connection)


def expected_triggers(tables: set[str]) -> set[str]:
    """Name the triggers that the models of these tables ask for."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    of_references = {
        f"{table}_{does}_{named}"
        for table, _column, named in list_by_statement()
        for does in ("has", "keeps")
        if on_postgresql and {table, named} <= tables
    }
    return of_references | {
        f"{mapper.class_.__tablename__}_no_{event}"
        for mapper in Model.registry.mappers
        for event in (
            *mapper.class_.append_only,
            *(["rewrite"] if mapper.class_.final_once else []),
            *(["truncate"] if on_postgresql and "delete" in mapper.class_.append_only else []),
        )
        if mapper.class_.__tablename__ in tables
    }


def test_the_migrations_make_the_tables_of_the_models(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_an_upgrade_with_a_broken_reference_is_refused(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return  # PostgreSQL checks its references itself.
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            connection.execute(
                sa.text(
                    "INSERT INTO sign_in_session (token_hash, agent_id, created_at, last_seen_at)"
                    " VALUES ('x', 999, '2026-01-01', '2026-01-01')"
                )
            )
            connection.commit()
            connection.invalidate()
        try:
            upgrade_database()
        except RuntimeError as error:
            assert "broken references" in str(error)
        else:
            raise AssertionError("the broken reference went unseen")


def test_going_back_before_the_outbox_sends_nothing_that_was_given_up(app: Flask) -> None:
    with app.app_context():
        with db.engine.begin() as connection:
            for number, (state, failures) in enumerate(
                [("given_up", 1), ("waiting", 0), ("failed", 12), ("sent", 0)]
            ):
                connection.execute(
                    sa.insert(OutgoingMail).values(
                        recipient=str(number), subject="S", body="", state=state,
                        failures=failures, sent_at=utc_now() if state == "sent" else None,
                    )
                )  # fmt: skip
        downgrade_database("1795421200")
        with db.engine.connect() as connection:
            # What the version before sends: what did not leave, nor fail ten times.
            sent = "SELECT recipient FROM outgoing_mail WHERE sent_at IS NULL AND failures < 10"
            assert set(connection.execute(sa.text(sent)).scalars()) == {"1", "2"}
