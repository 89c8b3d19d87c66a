"""Reads for administrators: whom the agents of a corps may turn to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import EthicsContact


def list_contacts(session: Session, *, corps: str) -> dict[str, EthicsContact]:
    """List a corps' contacts by kind."""
    rows = session.scalars(sa.select(EthicsContact).where(EthicsContact.corps == corps))
    return {row.kind: row for row in rows}
