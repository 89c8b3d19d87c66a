"""Tell the others that the directory changed, then forget the file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.import_models import DirectoryImport, ImportPart, ImportRow, ImportUnit
from app.people.import_states import UNDER_APPLICATION, State
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


def give_up_files(session: Session, *, before: datetime, now: datetime) -> list[int]:
    """Give up the files that nobody applied, wherever they are; list those that are to be cleared.

    A process may have died on the way. What is half applied is not given up, nor what is applied.
    """
    old = session.scalars(
        sa.select(DirectoryImport)
        .where(
            DirectoryImport.created_at < before,
            DirectoryImport.state.not_in(UNDER_APPLICATION),
            sa.exists().where(ImportPart.import_id == DirectoryImport.id),
        )
        .order_by(DirectoryImport.id)
        .with_for_update()
    ).all()
    for row in old:
        if row.state != State.CLEARING:
            row.state, row.preview, row.samples = State.ABANDONED, [], {}
            row.turn, row.worker, row.finished_at = None, "", row.finished_at or now
    return [row.id for row in old]
