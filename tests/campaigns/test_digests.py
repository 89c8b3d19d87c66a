"""Who gets the weekly reminder: the whole table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from app.campaigns.digests import NEAR, Debtor, Fate, Owed, decide

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(days=9), NOW - timedelta(days=2)


def owed(days: int, asked_at: datetime = BEFORE) -> Owed:
    return Owed("probite", TODAY + timedelta(days=days), asked_at)


def debtor(*duties: Owed, **values: object) -> Debtor:
    facts = {
        "has_address": True, "is_away": False, "has_stopped": False, "was_reminded": False,
        "told_at": AFTER,
    } | values  # fmt: skip
    return Debtor(1, "Camille Martin", "fr", owed=duties or (owed(-1),), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("facts", list(product([False, True], repeat=5)))
def test_the_first_thing_that_stands_against_it_is_said(facts: tuple[bool, ...]) -> None:
    reminded, away, stopped, addressed, late = facts
    found = decide(
        debtor(
            owed(-1 if late else NEAR.days + 1),
            was_reminded=reminded, is_away=away, has_stopped=stopped, has_address=addressed,
        ),
        TODAY,
    )  # fmt: skip
    against = [
        (reminded, Fate.REMINDED), (away, Fate.AWAY), (stopped, Fate.STOPPED),
        (not addressed, Fate.NO_ADDRESS), (not late, Fate.QUIET), (True, Fate.GOES),
    ]  # fmt: skip
    assert found is next(fate for holds, fate in against if holds)


@pytest.mark.parametrize(
    ("days", "asked_at", "told_at", "fate"),
    [
        (-400, BEFORE, AFTER, Fate.GOES),
        (-1, BEFORE, AFTER, Fate.GOES),
        (0, BEFORE, AFTER, Fate.GOES),
        (NEAR.days, BEFORE, AFTER, Fate.GOES),
        (NEAR.days + 1, BEFORE, AFTER, Fate.QUIET),
        (NEAR.days + 1, BEFORE, None, Fate.GOES),  # Never told of anything.
        (NEAR.days + 1, AFTER, BEFORE, Fate.GOES),  # Asked since they were told.
        (NEAR.days + 1, AFTER, AFTER, Fate.QUIET),
        (900, AFTER, BEFORE, Fate.GOES),
    ],
)
def test_what_is_new_near_or_late_is_worth_telling(
    days: int, asked_at: datetime, told_at: datetime | None, fate: Fate
) -> None:
    assert decide(debtor(owed(days, asked_at), told_at=told_at), TODAY) is fate


def test_one_thing_worth_telling_is_enough() -> None:
    assert decide(debtor(owed(20), owed(300)), TODAY) is Fate.GOES
    assert decide(debtor(owed(200), owed(300)), TODAY) is Fate.QUIET


def test_late_begins_the_day_after_the_date() -> None:
    assert [owed(days).is_late(TODAY) for days in (-1, 0, 1)] == [True, False, False]
