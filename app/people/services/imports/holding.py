"""One process at a time works on an import, and says that it lives."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.import_models import DirectoryImport
from app.people.import_states import AT_REST, State

LONGEST_STATEMENT = "10min"
SILENT_AFTER = timedelta(seconds=60)
"""A process that has not written for so long is taken for dead."""
EXPECTED = "expected"
"""Stands for a process that was started and has taken nothing yet."""


class LostImportError(Exception):
    """Another process has taken the import over, or a person has given it up."""


def expect(session: Session, *, import_id: int, now: datetime) -> None:
    """Say that a process is being started for an import: until it has had time, all is well."""
    row = session.get_one(DirectoryImport, import_id, with_for_update=True)
    if not row.worker or is_silent(row, now):
        row.worker, row.seen_at = EXPECTED, now


def take(session: Session, *, import_id: int, worker: str, now: datetime) -> bool:
    """Take an import to work on it; False where nothing is to do or a living process has it."""
    row = session.get_one(DirectoryImport, import_id, with_for_update=True)
    is_held = row.worker not in {"", EXPECTED} and row.seen_at and now - row.seen_at < SILENT_AFTER
    if row.state in AT_REST - {State.ABANDONED} or (is_held and row.worker != worker):
        return False
    row.worker, row.seen_at = worker, now
    return True


def hold(session: Session, *, import_id: int, worker: str, now: datetime) -> DirectoryImport:
    """Give the import to a step of the process that holds it, for as long as the step takes."""
    row = session.get_one(DirectoryImport, import_id, with_for_update=True)
    if row.worker != worker:
        raise LostImportError
    row.seen_at = now
    allow_long(session)
    return row


def let_go(session: Session, *, import_id: int, worker: str) -> None:
    """Leave an import to whoever comes next."""
    session.execute(
        sa.update(DirectoryImport)
        .where(DirectoryImport.id == import_id, DirectoryImport.worker == worker)
        .values(worker="")
    )


def allow_long(session: Session) -> None:
    """Let the statements of this transaction take longer than those of a page."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SET LOCAL statement_timeout = '{LONGEST_STATEMENT}'"))


def is_silent(row: Any, now: datetime) -> bool:
    """Tell whether work is to do on an import and no process seems to do it."""
    if State(row.state) in AT_REST:
        return False
    return not row.worker or row.seen_at is None or now - row.seen_at > SILENT_AFTER
