"""Check a matricule and a password: the same work whoever asks and whatever is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flask import current_app, request

from app.database import utc_now, write
from app.extensions import db
from app.people import hashing, queries, throttling
from app.people.matricule import matricule_key
from app.people.services import signing_in


class Refusal(StrEnum):
    """Why nobody was signed in; a stranger only ever hears of the first two."""

    WRONG = "wrong"
    TOO_SOON = "too_soon"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer: a new session's token, or a refusal and how long to wait."""

    token: str = ""
    refusal: Refusal | None = None
    wait: timedelta = timedelta()


def password_cost() -> hashing.Cost:
    """Read what a hash costs from the configuration."""
    return hashing.Cost(
        current_app.config["PASSWORD_MEMORY_KIB"], current_app.config["PASSWORD_PASSES"]
    )


def check_and_admit(matricule: str, password: str, *, replaced: int | None = None) -> Checked:
    """Count the try, verify the password outside any transaction, then open a session."""
    key, address = matricule_key(matricule), request.remote_addr or ""
    counted = throttling.counted_as(
        current_app.config["SECRET_KEY"], matricule_key=key, address=address
    )
    wait = write(throttling.count_try, counted=counted, now=utc_now())
    if wait is not None:
        return Checked(refusal=Refusal.TOO_SOON, wait=wait)
    account = queries.find_account(db.session, matricule_key=key)
    db.session.close()  # No connection is kept while hashing.
    stored = account.password_hash if account and account.is_active else None
    is_right = hashing.matches(stored, password, password_cost())
    if not is_right or account is None or stored is None:
        write(signing_in.refuse, agent_id=account.agent_id if account else None, address=address)
        return Checked(refusal=Refusal.WRONG)
    if account.password_expires_at and account.password_expires_at < utc_now():
        write(signing_in.refuse, agent_id=account.agent_id, address=address)
        return Checked(refusal=Refusal.EXPIRED)
    return admit(account.agent_id, stored, password, counted, replaced)


def admit(
    agent_id: int, stored: str, password: str, counted: throttling.Counted, replaced: int | None
) -> Checked:
    """Open the session, with a new hash if the old one was made at another cost."""
    cost = password_cost()
    renew = hashing.needs_rehash(stored, cost)
    try:
        token = write(
            signing_in.admit,
            agent_id=agent_id,
            checked_hash=stored,
            new_hash=hashing.hash_password(password, cost) if renew else None,
            counted=counted,
            address=request.remote_addr or "",
            replaced=replaced,
            now=utc_now(),
        )
    except signing_in.SignInRefusedError:
        return Checked(refusal=Refusal.WRONG)
    return Checked(token=token)
