"""What is noted when an agent takes everything held about them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.journal.services import Action, record


def note_download(session: Session, *, agent_id: int, address: str) -> None:
    """Note in the journal that an agent was given everything held about them."""
    record(
        session,
        Action.RECORD_DOWNLOADED,
        actor_id=agent_id,
        object_kind="agent",
        object_id=agent_id,
        address=address,
    )
