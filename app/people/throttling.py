"""Count failed sign-ins per account and per address, and make the next ones wait."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.models import SignInCounter

FORGET_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries are free, and how long the delays after them may grow."""

    free_tries: int
    longest: timedelta

    def delay(self, tries: int) -> timedelta | None:
        """Give the wait after this many tries: 2 s, 4 s, 8 s… up to the longest."""
        beyond = tries - self.free_tries
        if beyond < 0:
            return None
        return min(timedelta(seconds=2 ** min(beyond + 1, 16)), self.longest)


ACCOUNT = Patience(free_tries=5, longest=timedelta(minutes=5))
ADDRESS = Patience(free_tries=60, longest=timedelta(minutes=1))
"""Whole stations share one address: it is allowed more, and waits less."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The keys under which one try is counted: digests, so that the table names nobody."""

    account: str
    address: str


def counted_as(secret: str, purpose: str, *, matricule_key: str, address: str) -> Counted:
    """Make the keys of a try on this account from this address, apart for each purpose."""

    def digest(kind: str, value: str) -> str:
        made = hmac.new(secret.encode(), f"{purpose}:{kind}:{value}".encode(), hashlib.sha256)
        return f"{kind}:{made.hexdigest()}"

    return Counted(digest("account", matricule_key), digest("address", address))


def count_try(session: Session, *, counted: Counted, now: datetime) -> timedelta | None:
    """Count a try before its password is looked at; return how long to wait if it is too soon.

    A try that must wait is not counted: delays grow with tries, never with impatience.
    """
    wait = find_wait(session, counted=counted, now=now)
    if wait is None:
        # Always in this order, so that two tries cannot each hold the row the other wants.
        count(session, counted.account, ACCOUNT, now)
        count(session, counted.address, ADDRESS, now)
    return wait


def find_wait(session: Session, *, counted: Counted, now: datetime) -> timedelta | None:
    """Tell how long the account or the address must still wait, reading both rows locked."""
    rows = session.scalars(
        sa.select(SignInCounter)
        .where(SignInCounter.key.in_((counted.account, counted.address)))
        .order_by(SignInCounter.key)
        .with_for_update()
    )
    waits = [row.blocked_until - now for row in rows if row.blocked_until]
    longest = max(waits, default=timedelta())
    return longest if longest > timedelta() else None


def count(session: Session, key: str, patience: Patience, now: datetime) -> None:
    """Add one to a counter, in the database; the first of its key inserts the row."""
    is_old = SignInCounter.last_failure_at < now - FORGET_AFTER
    tries = session.scalar(
        sa.update(SignInCounter)
        .where(SignInCounter.key == key)
        .values(
            failures=sa.case((is_old, 1), else_=SignInCounter.failures + 1), last_failure_at=now
        )
        .returning(SignInCounter.failures)
        .execution_options(synchronize_session=False)
    )
    if tries is None:
        session.add(SignInCounter(key=key, failures=1, last_failure_at=now))
        session.flush()
        return
    delay = patience.delay(tries)
    session.execute(
        sa.update(SignInCounter)
        .where(SignInCounter.key == key)
        .values(blocked_until=now + delay if delay else None)
        .execution_options(synchronize_session=False)
    )


def forgive(session: Session, *, counted: Counted) -> None:
    """After a right password: forget the account's tries, and this one of the address."""
    session.execute(sa.delete(SignInCounter).where(SignInCounter.key == counted.account))
    session.execute(
        sa.update(SignInCounter)
        .where(SignInCounter.key == counted.address, SignInCounter.failures > 0)
        .values(failures=SignInCounter.failures - 1, blocked_until=None)
    )
