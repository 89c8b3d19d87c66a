"""INSERT … ON CONFLICT, which both databases know by the same words but not the same class."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database import Model


def insert(session: Session, model: type[Model]) -> Any:
    """Begin an INSERT that may say what happens on a conflict."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return make(model)
