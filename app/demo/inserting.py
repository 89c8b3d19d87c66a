"""Insert many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import Model

AT_ONCE = 2000


def insert_rows(session: Session, model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all name the same columns."""
    for start in range(0, len(rows), AT_ONCE):
        session.execute(sa.insert(model), rows[start : start + AT_ONCE])


def insert_with_ids(
    session: Session, model: type[Model], rows: Sequence[dict[str, Any]]
) -> list[int]:
    """Insert rows and give their ids, in the order of the rows."""
    if not rows:
        return []
    key = sa.inspect(model).primary_key[0]
    statement = sa.insert(model).returning(key, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))
