"""Tell the others that the directory changed, then forget the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.import_models import DirectoryImport, ImportPart, ImportRow, ImportUnit
from app.people.import_states import AT_REST, State
from app.people.services.imports.findings import STAGED, delete_some
from app.people.signals import people_loaded

READ_AGAIN = (ImportRow, ImportUnit)
"""What reading a file makes anew."""


def finish(session: Session, row: DirectoryImport) -> None:
    """Tell the features above and the journal, in one transaction."""
    people_loaded.send(session)
    told: dict[str, Any] = row.counts["agents"] if row.kind == "agents" else row.counts["units"]
    record(
        session, Action.PEOPLE_LOADED, actor_id=row.actor_id, object_kind="import",
        object_id=row.id, **told,
    )  # fmt: skip
    row.turn, row.state, row.preview, row.samples = None, State.CLEARING, [], {}


def clear_some(session: Session, row: DirectoryImport, *, now: datetime) -> bool:
    """Forget some of what was staged; False once nothing is left."""
    if any(delete_some(session, model, row.id) for model in STAGED):
        return True
    if row.state == State.CLEARING:
        row.state, row.finished_at = State.APPLIED, now
    return False


def clear_reading(session: Session, row: DirectoryImport) -> bool:
    """Forget some of what an earlier reading staged; False once nothing is left."""
    return any(delete_some(session, model, row.id) for model in READ_AGAIN)


def forget_files(session: Session, *, before: datetime, now: datetime) -> int:
    """Give up and forget the files that nobody applied, and return how many."""
    waiting = AT_REST - {State.APPLIED}
    old = session.scalars(
        sa.select(DirectoryImport).where(
            DirectoryImport.created_at < before,
            DirectoryImport.state.in_(waiting),
            sa.exists().where(ImportPart.import_id == DirectoryImport.id),
        )
    ).all()
    for row in old:
        for model in STAGED:
            session.execute(sa.delete(model).where(model.__table__.c.import_id == row.id))
        row.state, row.preview, row.samples = State.ABANDONED, [], {}
        row.turn, row.finished_at = None, row.finished_at or now
    return len(old)
