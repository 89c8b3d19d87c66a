"""Passwords are hashed two at a time, and checked at the same price whoever is asked for."""

from __future__ import annotations

import pytest

from app.database import Busy
from app.people import hashing
from app.people.hashing import Cost

CHEAP = Cost(memory_kib=8, passes=1)


def test_a_password_matches_its_hash_however_its_accents_are_typed() -> None:
    stored = hashing.hash_password("forêt élan\u00e9", CHEAP)
    assert stored.startswith("$argon2id$")
    assert hashing.matches(stored, "fore\u0302t e\u0301lane\u0301", CHEAP)
    assert not hashing.matches(stored, "foret elane", CHEAP)


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$broken"])
def test_nothing_matches_where_there_is_no_hash(stored: str | None) -> None:
    assert not hashing.matches(stored, "", CHEAP)


def test_a_hash_of_another_cost_is_to_be_made_again() -> None:
    stored = hashing.hash_password("x", CHEAP)
    assert not hashing.needs_rehash(stored, CHEAP)
    assert hashing.needs_rehash(stored, Cost(memory_kib=16, passes=1))


def test_a_third_hashing_waits_then_says_it_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "PATIENCE_SECONDS", 0.01)
    with hashing.one_hashing(), hashing.one_hashing(), pytest.raises(Busy):
        hashing.hash_password("x", CHEAP)
    assert hashing.hash_password("x", CHEAP)
