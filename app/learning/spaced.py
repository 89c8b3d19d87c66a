"""Ids of many rows in one text, which SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class spaced(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is.
    """The values of a column, parted by spaces: ``spaced(StepVisit.step_id)``.

    SQLAlchemy's own ``aggregate_strings`` writes its statement anew at each execution.
    """

    type = sa.Text()
    inherit_cache = True


@compiles(spaced)
def spell(element: spaced, compiler: Any, **options: Any) -> str:
    """Write PostgreSQL's function."""
    return f"string_agg({compiler.process(element.clauses, **options)}, ' ')"


@compiles(spaced, "sqlite")
def spell_for_sqlite(element: spaced, compiler: Any, **options: Any) -> str:
    """Write SQLite's function."""
    return f"group_concat({compiler.process(element.clauses, **options)}, ' ')"
