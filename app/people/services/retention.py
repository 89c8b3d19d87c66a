"""Forget what has been kept long enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import Model
from app.journal.models import JournalDetail, JournalEntry
from app.people.models import OutgoingMail, PasswordReset, SignInCounter, SignInSession
from app.people.settings import NumberKey, get_setting
from app.people.throttling import FORGET_AFTER

MAILS_LAST = timedelta(days=30)
AT_ONCE = 5_000
"""Rows deleted in one transaction."""
Old = tuple[type[Model], sa.ColumnElement[bool]]
"""A table, and which of its rows were kept long enough."""


def tell_old(session: Session, *, now: datetime) -> dict[str, Old]:
    """Tell what was kept long enough: sessions, links, mails, counters, details of the journal."""
    ended = now - timedelta(days=get_setting(session, NumberKey.SESSION_RETENTION_DAYS))
    details = now - timedelta(days=get_setting(session, NumberKey.JOURNAL_DETAIL_RETENTION_DAYS))
    entries = sa.select(JournalEntry.id).where(JournalEntry.at < details)
    return {
        "sessions": (SignInSession, SignInSession.last_seen_at < ended),
        "links": (PasswordReset, PasswordReset.expires_at < now),
        "mails": (OutgoingMail, OutgoingMail.created_at < now - MAILS_LAST),
        "counters": (SignInCounter, SignInCounter.last_failure_at < now - FORGET_AFTER),
        "details of the journal": (JournalDetail, JournalDetail.entry_id.in_(entries)),
    }


def list_some(session: Session, old: Old) -> list[Any]:
    """List the keys of some rows that were kept long enough: a read, no writer waits for it."""
    model, is_old = old
    return list(session.scalars(sa.select(key_of(model)).where(is_old).limit(AT_ONCE)))


def forget(session: Session, old: Old, *, keys: Sequence[Any]) -> int:
    """Delete those of some rows that are still to be forgotten, and return how many."""
    model, is_old = old
    gone = sa.delete(model).where(key_of(model).in_(keys), is_old).returning(sa.literal(1))
    return len(session.execute(gone, execution_options={"synchronize_session": False}).all())


def key_of(model: type[Model]) -> Any:
    """Give the column that tells the rows of a table apart."""
    (key,) = model.__table__.primary_key
    return key
