"""Reads about whom the agents of a corps may turn to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import EthicsContact


def list_contacts(session: Session, *, corps: str) -> dict[str, EthicsContact]:
    """Map each kind of contact of a corps to whom to turn to."""
    contacts = session.scalars(sa.select(EthicsContact).where(EthicsContact.corps == corps))
    return {contact.kind: contact for contact in contacts}
