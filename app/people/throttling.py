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
    account, address = lock_counters(session, counted, now)
    waits = [row.blocked_until - now for row in (account, address) if row.blocked_until]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        return longest
    count(account, ACCOUNT, now)
    count(address, ADDRESS, now)
    return None


def lock_counters(
    session: Session, counted: Counted, now: datetime
) -> tuple[SignInCounter, SignInCounter]:
    """Lock both counters, always in the order of their keys, making those that are not there.

    They are made before anything is checked: a crowd whose first tries meet would otherwise
    each see no counter. Those who lose on the unique key are run again, and find it.
    """
    keys = (counted.account, counted.address)
    rows = {
        row.key: row
        for row in session.scalars(
            sa.select(SignInCounter)
            .where(SignInCounter.key.in_(keys))
            .order_by(SignInCounter.key)
            .with_for_update()
        )
    }
    for key in keys:
        if key not in rows:
            rows[key] = SignInCounter(key=key, failures=0, last_failure_at=now)
            session.add(rows[key])
            session.flush()
    return rows[counted.account], rows[counted.address]


def count(row: SignInCounter, patience: Patience, now: datetime) -> None:
    """Add one to a locked counter, or begin again when its tries are old."""
    is_old = row.last_failure_at < now - FORGET_AFTER
    row.failures = 1 if is_old else row.failures + 1
    row.last_failure_at = now
    delay = patience.delay(row.failures)
    row.blocked_until = now + delay if delay else None


def forgive(session: Session, *, counted: Counted) -> None:
    """After a right password: forget the account's tries, and this one of the address."""
    session.execute(sa.delete(SignInCounter).where(SignInCounter.key == counted.account))
    session.execute(
        sa.update(SignInCounter)
        .where(SignInCounter.key == counted.address, SignInCounter.failures > 0)
        .values(failures=SignInCounter.failures - 1, blocked_until=None)
    )
