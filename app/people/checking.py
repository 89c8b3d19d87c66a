"""Check a matricule and a password: the same work whoever asks and whatever is wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flask import current_app, request

from app.database import utc_now, write
from app.extensions import db
from app.i18n import gettext as _
from app.i18n import ngettext
from app.people import hashing, throttling
from app.people.matricule import matricule_key
from app.people.queries import accounts
from app.people.queries.accounts import Account
from app.people.services import signing_in


class Refusal(StrEnum):
    """Why nobody was signed in; a stranger only ever hears of the first two."""

    WRONG = "wrong"
    TOO_SOON = "too_soon"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Checked:
    """The account whose password was right, or a refusal and how long to wait."""

    account: Account | None = None
    password_hash: str = ""
    counted: throttling.Counted | None = None
    refusal: Refusal | None = None
    wait: timedelta = timedelta()


def password_cost() -> hashing.Cost:
    """Read what a hash costs from the configuration."""
    return hashing.Cost(
        current_app.config["PASSWORD_MEMORY_KIB"], current_app.config["PASSWORD_PASSES"]
    )


def client_address() -> str:
    """Give the address that a request comes from."""
    return request.remote_addr or ""


def count_try(purpose: str, key: str) -> tuple[throttling.Counted, timedelta | None]:
    """Count a try before any work is done for it; return how long to wait if it is too soon."""
    counted = throttling.counted_as(
        current_app.config["SECRET_KEY"], purpose, matricule_key=key, address=client_address()
    )
    return counted, write(throttling.count_try, counted=counted, now=utc_now())


def check(matricule: str, password: str) -> Checked:
    """Count the try, then verify the password outside any transaction."""
    key = matricule_key(matricule)
    counted, wait = count_try("password", key)
    if wait is not None:
        return Checked(refusal=Refusal.TOO_SOON, wait=wait)
    account = accounts.find_account(db.session, matricule_key=key)
    db.session.close()  # No connection is kept while hashing.
    stored = account.password_hash if account and account.is_active else None
    is_right = hashing.matches(stored, password, password_cost())
    refusal = None
    if not is_right or account is None or stored is None:
        refusal = Refusal.WRONG
    elif account.password_expires_at and account.password_expires_at < utc_now():
        refusal = Refusal.EXPIRED
    if refusal or account is None or stored is None:
        agent_id = account.agent_id if account else None
        write(signing_in.refuse, agent_id=agent_id, address=client_address())
        return Checked(refusal=refusal)
    return Checked(account, stored, counted)


def open_session(checked: Checked, password: str, *, replaced: int | None) -> str | None:
    """Open the session of a checked account; None if the account changed meanwhile.

    A hash made at another cost than today's is made again.
    """
    assert checked.account is not None
    cost = password_cost()
    renew = hashing.needs_rehash(checked.password_hash, cost)
    try:
        return write(
            signing_in.admit,
            agent_id=checked.account.agent_id,
            checked_hash=checked.password_hash,
            new_hash=hashing.hash_password(password, cost) if renew else None,
            counted=checked.counted,
            address=client_address(),
            replaced=replaced,
            now=utc_now(),
        )
    except signing_in.SignInRefusedError:
        return None


def explain(checked: Checked) -> str:
    """Say why a password was not accepted, in words that reveal no account."""
    if checked.refusal == Refusal.TOO_SOON:
        return explain_wait(checked.wait)
    if checked.refusal == Refusal.EXPIRED:
        return _("Ce mot de passe provisoire a expiré. Demandez-en un autre.")
    return _("Matricule ou mot de passe incorrect.")


def explain_wait(wait: timedelta) -> str:
    """Say how long to wait."""
    return ngettext(
        "Trop d’essais. Réessayez dans %(num)s seconde.",
        "Trop d’essais. Réessayez dans %(num)s secondes.",
        math.ceil(wait.total_seconds()),
    )
