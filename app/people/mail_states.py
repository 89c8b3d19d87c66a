"""What becomes of a mail: pure rules on kinds, states, reasons and the time of the next try."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class MailKind(StrEnum):
    """What a mail is about."""

    PASSWORD = "password"  # noqa: S105 - a kind of mail, and no password.
    """A link that opens an account: its text is shown to nobody."""
    REMINDER = "reminder"
    TEAM = "team"


class MailState(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    FAILED = "failed"
    """A try failed; another one comes."""
    SENT = "sent"
    GIVEN_UP = "given_up"


class MailReason(StrEnum):
    """Why a try failed, or why a mail was given up."""

    SERVER_AWAY = "server_away"
    """No connection, or one that broke before the server had the whole mail."""
    LATER = "later"
    """The server asks to come back later (4xx)."""
    REFUSED_ADDRESS = "refused_address"
    REFUSED = "refused"
    """The server refuses what is written, or it cannot be written as a mail."""
    SENDER_REFUSED = "sender_refused"
    """The server takes no mail of ours: our settings are wrong, and no mail is to blame."""
    CUT_SHORT = "cut_short"
    """The process ended during the try: nobody knows whether the mail left."""
    CUT_SHORT_AGAIN = "cut_short_again"
    EXPIRED = "expired"
    NOTHING_LEFT = "nothing_left"
    """What it reminded of was completed or declined, or its reader went, before it left."""


MOST_TRIES = 10
MOST_UNKNOWN = 2
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=12)
FINAL = frozenset({MailReason.REFUSED_ADDRESS, MailReason.REFUSED})
"""A further try would get the same answer."""


def wait_after(failures: int) -> timedelta:
    """Tell how long to wait after so many failed tries: each time twice as long, to half a day."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << max(0, min(failures, 20) - 1)))


def ends_round(reason: MailReason) -> bool:
    """Tell whether a further mail would meet the same."""
    return reason in {MailReason.SERVER_AWAY, MailReason.SENDER_REFUSED}


def is_over(reason: MailReason, failures: int) -> bool:
    """Tell whether a mail is given up after a try that failed for this reason.

    A server that is away, or that takes nothing of ours, is no fault of the mail: it waits.
    """
    return reason in FINAL or (failures >= MOST_TRIES and not ends_round(reason))


def may_try(unknown_tries: int) -> bool:
    """Tell whether a try may begin, beside those whose end nobody knows.

    Each of them may have sent the mail: with one, it arrives twice at most; with two, never again.
    """
    return unknown_tries < MOST_UNKNOWN


def read_reply(code: int, *, of_address: bool) -> MailReason:
    """Name the reason of a server's reply."""
    if 400 <= code < 500:
        return MailReason.LATER
    return MailReason.REFUSED_ADDRESS if of_address else MailReason.REFUSED
