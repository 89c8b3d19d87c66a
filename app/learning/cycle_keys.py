"""The keys by which an agent has one enrolment, and one completion, for each cycle of a module."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.database import only_on


def one_each_cycle() -> sa.UniqueConstraint:
    """Refuse a second row of an agent for a cycle of a module; on SQLite (`add_latest_cycle`)."""
    return only_on("sqlite", sa.UniqueConstraint("agent_id", "module_id", "cycle"))


def add_latest_cycle(model: Any, *read: str, also_on_sqlite: bool = False) -> None:
    """Have PostgreSQL refuse the same, by an index that holds what a snapshot reads.

    It finds the latest cycle of everybody there: it neither sorts millions of rows nor looks them
    up. SQLite, whose keys hold nothing more, has a second index where it is asked (decision 0025).
    """
    key, table = (model.agent_id, model.module_id), model.__tablename__
    latest_first = sa.Index(
        f"uq_{table}_latest_cycle", *key, model.cycle.desc(), unique=True, postgresql_include=read
    )
    only_on("postgresql", latest_first)
    if also_on_sqlite:
        held = (getattr(model, name) for name in read)
        only_on("sqlite", sa.Index(f"ix_{table}_latest_cycle", *key, model.cycle, *held))
