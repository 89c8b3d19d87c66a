"""Date arithmetic that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class add_days(FunctionElement[Any]):  # noqa: N801 - reads as the SQL function it is.
    """A date and a whole number of days, summed by the database: ``add_days(day, 30)``."""

    type = sa.Date()
    inherit_cache = True


@compiles(add_days)
def spell_for_postgresql(element: add_days, compiler: Any, **options: Any) -> str:
    """Write the sum of a date and an integer."""
    day, days = (compiler.process(part, **options) for part in element.clauses)
    return f"({day} + CAST({days} AS INTEGER))"


@compiles(add_days, "sqlite")
def spell_for_sqlite(element: add_days, compiler: Any, **options: Any) -> str:
    """Write SQLite's function of a date and a modifier."""
    day, days = (compiler.process(part, **options) for part in element.clauses)
    return f"date({day}, {days} || ' days')"


def later_of(
    left: sa.SQLColumnExpression[Any], right: sa.SQLColumnExpression[Any]
) -> sa.ColumnElement[Any]:
    """Choose the later of two dates that are both set."""
    return sa.case((left >= right, left), else_=right)
