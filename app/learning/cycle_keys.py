"""The keys by which an agent has one enrolment, and one completion, for each cycle of a module."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.database import only_on


def one_each_cycle() -> sa.UniqueConstraint:
    """Refuse a second row of an agent for a cycle of a module; on SQLite (`add_latest_cycle`)."""
    return only_on("sqlite", sa.UniqueConstraint("agent_id", "module_id", "cycle"))


def add_latest_cycle(model: Any, *read: str) -> None:
    """Have PostgreSQL refuse the same, by an index that holds what a snapshot reads.

    It finds the latest cycle of everybody there: it neither sorts millions of rows nor looks them
    up (decision 0025).
    """
    key = (model.agent_id, model.module_id, model.cycle.desc())
    name = f"uq_{model.__tablename__}_latest_cycle"
    only_on("postgresql", sa.Index(name, *key, unique=True, postgresql_include=read))
