"""Erase a person for good: what they did stays, and names nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.journal.services import Action, record
from app.people.models import Agent
from app.people.personal_data import erase_everything


class StillOpenError(Exception):
    """The account is open: whoever is in function is not erased."""


def erase_person(session: Session, *, agent_id: int, now: datetime) -> None:
    """Erase what names a person, everywhere, and write in the journal that it was done.

    Raises `StillOpenError`.
    """
    agent = session.get_one(Agent, agent_id, with_for_update=True)
    if agent.deactivated_at is None:
        raise StillOpenError
    erase_everything(session, agent_id)
    record(
        session,
        Action.PERSON_ERASED,
        actor_id=None,
        object_kind="agent",
        object_id=agent_id,
        at=now,
    )
