"""Forget what has been kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal import services as journal
from app.people.models import OutgoingMail, PasswordReset, SignInCounter, SignInSession
from app.people.services.imports.finishing import forget_files
from app.people.settings import NumberKey, get_setting
from app.people.throttling import FORGET_AFTER

MAILS_LAST = timedelta(days=30)


def forget_old(session: Session, *, now: datetime) -> dict[str, int]:
    """Delete old sessions, links, mails, counters and details of the journal; return how many."""
    ended = now - timedelta(days=get_setting(session, NumberKey.SESSION_RETENTION_DAYS))
    details = now - timedelta(days=get_setting(session, NumberKey.JOURNAL_DETAIL_RETENTION_DAYS))
    deletions = {
        "sessions": sa.delete(SignInSession).where(SignInSession.last_seen_at < ended),
        "links": sa.delete(PasswordReset).where(PasswordReset.expires_at < now),
        "mails": sa.delete(OutgoingMail).where(OutgoingMail.created_at < now - MAILS_LAST),
        "counters": sa.delete(SignInCounter).where(
            SignInCounter.last_failure_at < now - FORGET_AFTER
        ),
    }
    counts = {
        name: len(session.execute(deletion.returning(sa.literal(1))).all())
        for name, deletion in deletions.items()
    }
    files = now - timedelta(days=get_setting(session, NumberKey.IMPORT_RETENTION_DAYS))
    return counts | {
        "details of the journal": journal.forget_details(session, before=details),
        "directory files": forget_files(session, before=files, now=now),
    }
