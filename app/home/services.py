"""What an agent changes from the pages that everyone has."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.models import Agent


def keep_language(session: Session, *, agent_id: int, language: str) -> None:
    """Remember the language that an agent chose, for their next sessions and their mails."""
    session.execute(sa.update(Agent).where(Agent.id == agent_id).values(language=language))


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
