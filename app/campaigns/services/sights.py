"""Journal that names are about to be shown to HR follow-up."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.journal.services import Action, record


def note_sight(
    session: Session, *, unit_ids: tuple[int, ...], actor_id: int, address: str, count: int
) -> None:
    """Write in the journal that names of these units, and those below, are about to be shown.

    The agents of these units find it in their own record.
    """
    for unit_id in unit_ids:
        record(session, Action.NAMES_SEEN, actor_id=actor_id, object_kind="follow_up",
               object_id=unit_id, address=address, count=count)  # fmt: skip
