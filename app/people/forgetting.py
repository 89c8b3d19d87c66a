"""Forget what has been kept long enough, by short writes: those who learn do not wait for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.database import write
from app.extensions import db
from app.people.importing import work
from app.people.services import retention
from app.people.services.imports import finishing
from app.people.settings import NumberKey, get_setting


def forget_old(*, now: datetime) -> dict[str, int]:
    """Delete what is old, kind by kind, and the files that nobody applied; return how many."""
    olds = retention.tell_old(db.session, now=now)
    counts = {name: forget_all(old) for name, old in olds.items()}
    return counts | {"directory files": forget_files(now=now)}


def forget_all(old: retention.Old) -> int:
    """Delete all the rows of a kind that were kept long enough, some at a time; count them."""
    count = 0
    while keys := retention.list_some(db.session, old):
        count += write(retention.forget, old, keys=keys)
    return count


def forget_files(*, now: datetime) -> int:
    """Give up and forget the directory files that nobody applied; count them."""
    days = get_setting(db.session, NumberKey.IMPORT_RETENTION_DAYS)
    given_up = write(finishing.give_up_files, before=now - timedelta(days=days), now=now)
    for import_id in given_up:
        work(import_id)
    return len(given_up)
