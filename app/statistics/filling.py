"""Fill the temporary tables of a snapshot, the way that is quickest on each database."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.schema import DropTable

from app.database import Model
from app.statistics.counting import FACT, PERSON, PLACE, POST, Rows
from app.statistics.summing import ANCESTRY, AT_BASE, BAND, BASE, CELL, TOTAL, UNIT
from app.statistics.summing_people import AT_PLACE, PEOPLE

TEMPORARY = (
    POST, PLACE, PERSON, FACT, ANCESTRY, BASE, AT_BASE, AT_PLACE, PEOPLE, CELL, TOTAL, BAND, UNIT,
)  # fmt: skip
LARGEST = (POST, PERSON, FACT)
"""Those that have a row for each agent, or for each module of each."""
LONGEST = "300s"
COUNTING = (
    f"statement_timeout = '{LONGEST}'",
    # What is read at the end is gone through in Python, which on a busy machine takes its time.
    f"idle_in_transaction_session_timeout = '{LONGEST}'",
    "work_mem = '256MB'",
    # PostgreSQL takes the many rows for a handful, which it would look up one by one.
    "enable_nestloop = off",
    # A glance at a temporary table is enough to tell a million rows from a handful.
    "default_statistics_target = 10",
)
ALONE = "max_parallel_workers_per_gather = 0"
"""Beside one process that counts, a second one would slow down those who write (decision 0024)."""
USUALLY = {"enable_hashagg": "on", "enable_hashjoin": "on", "jit": "off"}
SORTED = {"enable_hashagg": "off"}
"""What has so many groups that PostgreSQL sorts them quicker than it hashes them."""
OTHERWISE = {
    # Two indexes side by side need no hashing; compiling takes less than it saves on their rows.
    FACT: {"enable_hashjoin": "off", "jit": "on"} | SORTED,
    CELL: SORTED,
}


def fill_all(session: Session, steps: Sequence[tuple[sa.Table, Rows]]) -> None:
    """Make the temporary tables anew and fill them, one select after the other."""
    forget_counted(session)
    if session.get_bind().dialect.name == "postgresql":
        fill_on_postgresql(session, steps)
        return
    for table in TEMPORARY:
        table.create(session.connection(), checkfirst=False)
    for table, rows in steps:
        fill(session, table, rows)


def fill_on_postgresql(session: Session, steps: Sequence[tuple[sa.Table, Rows]]) -> None:
    """Fill the tables; PostgreSQL knows what is in one only once it has looked."""
    set_locally(session, (*COUNTING, ALONE))
    for table in TEMPORARY:
        if table not in LARGEST:
            table.create(session.connection(), checkfirst=False)
    for table, rows in steps:
        chosen = USUALLY | OTHERWISE.get(table, {})
        set_locally(session, [f"{name} = {value}" for name, value in chosen.items()])
        if table in LARGEST:
            # A table made from a select has no key to keep up row by row.
            session.execute(sa.CreateTableAs(rows, table.name, temporary=True))
        else:
            fill(session, table, rows)
        session.execute(sa.text(f"ANALYZE {table.name}"))


def set_locally(session: Session, settings: Sequence[str]) -> None:
    """Choose settings of PostgreSQL until the end of the transaction."""
    for setting in settings:
        session.execute(sa.text(f"SET LOCAL {setting}"))


def fill(session: Session, table: type[Model] | sa.Table, rows: Rows) -> None:
    """Insert the rows of a select, whose columns are named as the table's."""
    names = [str(column.key) for column in rows.selected_columns]
    session.execute(sa.insert(table).from_select(names, rows, include_defaults=False))


def forget_counted(session: Session) -> None:
    """Drop the temporary tables, if there are any."""
    for table in TEMPORARY:
        session.execute(DropTable(table, if_exists=True))
