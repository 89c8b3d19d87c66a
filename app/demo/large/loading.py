"""Load the large organisation in batches, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from app.catalogue.queries import list_offered
from app.catalogue.rows import Offered
from app.database import utc_now, write
from app.database_cli import upgrade_database
from app.days import day_of
from app.demo import services
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.large import placing, recording
from app.demo.large.fates import MODULES, Call, Fate, draw_fates, list_calls
from app.demo.large.people import Member, draw_members
from app.demo.large.placing import Placed
from app.demo.large.tree import Place, plan_tree
from app.demo.preparing import InProductionError, publish_content
from app.extensions import db
from app.people.hashing import Cost, hash_password
from app.statistics.taking import take_in_batches

BATCH = 50_000
LONGEST_BATCH = "3600s"
INDEX_MEMORY_KIB = 400_000


class TooFewModulesError(Exception):
    """The content folder does not hold the modules that the record is about."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the people of the large organisation stand on."""

    places: list[Place]
    placed: list[Placed]
    asked: list[dict[str, Any]]
    """Each campaign with each corps that it asks, as rows."""
    fates: list[dict[str, Any]]
    """What becomes of the enrolments of each campaign, as rows."""


def load(agents: int, *, seed: int) -> Iterator[str]:
    """Load so many people into an empty database, telling what is done as it is.

    The same number, seed and day give the same people and record on either database. Raises
    `InProductionError`, `TooFewModulesError`, or `app.demo.services.RealDataError` where anyone
    is already.
    """
    if current_app.config["PRODUCTION"]:
        raise InProductionError
    upgrade_database()
    services.check_empty(db.session)
    publish_content()
    modules = list_offered(db.session)[:MODULES]
    if len(modules) < MODULES:
        raise TooFewModulesError
    today = day_of(utc_now())
    ground = lay_ground(agents, modules, seed=seed, today=today)
    yield f"{len(ground.places)} units"
    random = Random(seed)  # noqa: S311 - fiction, no secret
    for start in range(0, agents, BATCH):
        numbers = range(start + 1, min(start + BATCH, agents) + 1)
        members = list(draw_members(random, ground.places, numbers, today=today))
        write(add_batch, members, ground, seed=seed)
        yield f"{numbers[-1]} agents"
    tidy()
    yield "statistics of the database"
    take_in_batches(as_of=today, now=utc_now())
    tidy()
    yield "snapshot"


def lay_ground(agents: int, modules: Sequence[Offered], *, seed: int, today: date) -> Ground:
    """Add the units, accounts and campaigns; draw what becomes of enrolments."""
    places, calls = plan_tree(agents), list_calls(today)
    settings = current_app.config
    cost = Cost(settings["PASSWORD_MEMORY_KIB"], settings["PASSWORD_PASSES"])
    passwords = {account.matricule: hash_password(PASSWORD, cost) for account in ACCOUNTS}

    def add(session: Session) -> tuple[list[Placed], list[int]]:
        services.check_empty(session)
        allow_much(session)
        placed = placing.add_tree(session, places, today=today)
        placing.add_accounts(session, places, placed, passwords, today=today)
        return placed, placing.add_calls(session, calls, modules, placed[0].id)

    placed, campaigns = write(add)
    random = Random(seed)  # noqa: S311 - fiction, no secret
    called = list(zip(calls, campaigns, strict=True))
    asked = [{"corps": corps, "campaign_id": campaign_id, "rank": call.rank}
             for call, campaign_id in called for corps in call.corps]  # fmt: skip
    fates = [
        fate_row(fate, call, campaign_id, modules[call.rank])
        for call, campaign_id in called
        for fate in draw_fates(random, call, today)
    ]
    return Ground(places, placed, asked, fates)


def fate_row(fate: Fate, call: Call, campaign_id: int, module: Offered) -> dict[str, Any]:
    """Write a fate as a row."""
    return {
        "campaign_id": campaign_id, "slot": fate.slot, "cycle": call.cycle,
        "module_id": module.module_id, "version_id": module.version_id, "tries": fate.tries,
        "due_on": call.due_on, "valid_until": fate.valid_until, "enrolled_at": fate.enrolled_at,
        "started_at": fate.started_at, "failed_at": fate.failed_at,
        "completed_at": fate.completed_at, "last_at": fate.last_at,
    }  # fmt: skip


def add_batch(session: Session, members: Sequence[Member], ground: Ground, *, seed: int) -> None:
    """Add people with all their record."""
    allow_much(session)
    ids = placing.add_members(session, members, ground.placed)
    recording.lay_out(session, ground.asked, ground.fates, ground.placed)
    recording.record(session, first=min(ids), last=max(ids), seed=seed)
    recording.clear(session)


def allow_much(session: Session) -> None:
    """Let statements of this transaction last, on PostgreSQL; give SQLite memory for indexes."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SET LOCAL statement_timeout = '{LONGEST_BATCH}'"))
    else:
        session.execute(sa.text(f"PRAGMA cache_size = {-INDEX_MEMORY_KIB}"))


def tidy() -> None:
    """Let the database take stock of what it holds, as it does by itself in service."""
    db.session.close()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET statement_timeout = 0"))
            connection.execute(sa.text("VACUUM (ANALYZE)"))
            connection.invalidate()  # The next to use it must meet the usual limits.


def database_bytes() -> int:
    """Measure the database on its disk."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
            return int(size or 0)
    return sum(path.stat().st_size for path in database_files(str(db.engine.url.database)))


def database_files(name: str) -> list[Path]:
    """List the files of a SQLite database: its own and its log."""
    return [path for path in (Path(name), Path(f"{name}-wal")) if path.is_file()]
