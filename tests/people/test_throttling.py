"""Waiting: told, not counted, forgotten with time, forgiven by the right password."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import utc_now
from app.people import throttling
from app.people.models import SignInCounter

COUNTED = throttling.counted_as("x", "password", matricule_key="pn1", address="10.0.0.7")


def tries(session: Session) -> list[int]:
    return list(session.scalars(select(SignInCounter.failures).order_by(SignInCounter.key)))


def test_the_sixth_try_waits_and_impatience_costs_nothing(session: Session) -> None:
    now = utc_now()
    assert [throttling.count_try(session, counted=COUNTED, now=now) for _ in range(5)] == [None] * 5
    for _ in range(9):
        assert throttling.count_try(session, counted=COUNTED, now=now) == timedelta(seconds=2)
    assert tries(session) == [5, 5]
    later = now + timedelta(seconds=2)
    assert throttling.count_try(session, counted=COUNTED, now=later) is None
    assert throttling.count_try(session, counted=COUNTED, now=later) == timedelta(seconds=4)


def test_tries_are_forgotten_after_half_a_day(session: Session) -> None:
    now = utc_now()
    for _ in range(5):
        throttling.count_try(session, counted=COUNTED, now=now)
    later = now + throttling.FORGET_AFTER + timedelta(seconds=1)
    assert throttling.count_try(session, counted=COUNTED, now=later) is None
    session.flush()
    session.expire_all()
    assert tries(session) == [1, 1]


def test_a_right_password_takes_back_its_own_try_of_the_address_only(session: Session) -> None:
    now = utc_now()
    other = throttling.counted_as("x", "password", matricule_key="pn2", address="10.0.0.7")
    throttling.count_try(session, counted=other, now=now)
    throttling.count_try(session, counted=COUNTED, now=now)
    throttling.forgive(session, counted=COUNTED)
    session.flush()
    session.expire_all()
    assert tries(session) == [1, 1]
