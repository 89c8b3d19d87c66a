"""INSERT … ON CONFLICT, which both databases know by the same words but not the same class."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database import Model


def insert(session: Session, model: type[Model]) -> Any:
    """Begin an INSERT that may say what happens on a conflict."""
    return insert_into(session.get_bind().dialect.name, model)


def insert_into(dialect: str, model: type[Model]) -> Any:
    """Begin the same INSERT for a database by its name; as rows, without the ORM."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(cast("sa.Table", model.__table__))
