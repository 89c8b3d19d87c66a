"""Reads about whom the agents of a corps may turn to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import CONTACT_KINDS, EthicsContact

CONTACT_FIELDS = ("name", "phone", "email", "address", "hours")


def list_contacts(session: Session, *, corps: str) -> dict[str, EthicsContact]:
    """Map each kind of contact of a corps to whom to turn to."""
    contacts = session.scalars(sa.select(EthicsContact).where(EthicsContact.corps == corps))
    return {contact.kind: contact for contact in contacts}


def read_contacts(session: Session, *, corps: str) -> dict[str, str]:
    """Give what is said of the contacts of a corps, by kind and field; empty if nothing is."""
    known = list_contacts(session, corps=corps)
    return {
        f"{kind}_{name}": getattr(known.get(kind), name, None) or ""
        for kind in CONTACT_KINDS
        for name in CONTACT_FIELDS
    }
