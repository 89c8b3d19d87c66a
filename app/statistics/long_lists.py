"""A long list of names, put in order by PostgreSQL once, then read some rows at a time.

Unit by unit, PostgreSQL looks each agent up in each index; over a whole country it is several times
quicker to go through all and sort. SQLite is as quick unit by unit, and needs no room for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import one_connection, read_moment
from app.people.models import OrganisationalUnit
from app.statistics.filling import COUNTING, set_locally
from app.statistics.selecting_names import NamesAsked, in_scope, select_lines

LONG = 2_000
"""How many units a list is gone through unit by unit for; beyond, it is long."""
AT_ONCE = 700
COLUMNS = ("name", "state", "day", "unit", "module_id", "matricule")
LISTED = sa.table("long_list", *map(sa.column, ("number", *COLUMNS)))
Lines = sa.Result[*tuple[Any, ...]]


def is_long(session: Session, asked: NamesAsked) -> bool:
    """Tell whether a list is better put in order once than gone through unit by unit."""
    if session.get_bind().dialect.name != "postgresql":
        return False
    units = sa.select(OrganisationalUnit.id).where(in_scope(asked)).limit(LONG + 1).subquery()
    return (session.scalar(sa.select(sa.func.count()).select_from(units)) or 0) > LONG


def read_long(asked: NamesAsked, today: date) -> Iterator[Lines]:
    """Give the rows of a long list in its order, some at a time, as `select_lines` writes them.

    No transaction is open between two: the reader at the other end may be slow.
    """
    with one_connection() as connection:
        last = read_moment(connection, put_in_order, asked, today)
        for first in range(1, last + 1, AT_ONCE):
            yield read_moment(connection, read_some, first)
        read_moment(connection, forget)


def put_in_order(session: Session, asked: NamesAsked, today: date) -> int:
    """Write the whole list into a temporary table, numbered; return how many rows it has."""
    set_locally(session, COUNTING)
    rows = select_lines(asked, today, numbered=True)
    session.execute(sa.CreateTableAs(rows, LISTED.name, temporary=True))
    session.execute(sa.text(f"CREATE UNIQUE INDEX long_list_number ON {LISTED.name} (number)"))
    session.execute(sa.text(f"ANALYZE {LISTED.name}"))
    return session.scalar(sa.select(sa.func.max(LISTED.c.number))) or 0


def read_some(session: Session, first: int) -> Lines:
    """Read some rows from the one with a number on."""
    statement = (
        sa.select(*(LISTED.c[name] for name in COLUMNS))
        .where(LISTED.c.number.between(first, first + AT_ONCE - 1))
        .order_by(LISTED.c.number)
    )
    # What is kept of the rows outlives the transaction, and makes no object of them yet.
    return session.execute(statement).freeze()()


def forget(session: Session) -> None:
    """Drop the temporary table."""
    session.execute(sa.text(f"DROP TABLE {LISTED.name}"))
