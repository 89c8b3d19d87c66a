from __future__ import annotations

from datetime import date

import pytest

from app.campaigns.rules import Audience, Term, clean_choices

OPENING = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("term", "arrived_on", "expired_on", "expected"),
    [
        (Term(OPENING, due_on=date(2026, 6, 30)), date(2020, 1, 1), None, date(2026, 6, 30)),
        (Term(OPENING, due_on=date(2026, 6, 30)), date(2026, 6, 1), None, date(2026, 6, 30)),
        (Term(OPENING, delay_days=90), date(2020, 1, 1), None, date(2026, 5, 30)),
        (Term(OPENING, delay_days=90), date(2026, 2, 28), None, date(2026, 5, 30)),
        (Term(OPENING, delay_days=90), date(2026, 3, 1), None, date(2026, 5, 30)),
        (Term(OPENING, delay_days=90), date(2026, 9, 1), None, date(2026, 11, 30)),
        (Term(OPENING, delay_days=30), date(2020, 1, 1), date(2027, 1, 31), date(2027, 3, 2)),
        (Term(OPENING, delay_days=1), date(2028, 2, 28), None, date(2028, 2, 29)),
    ],
)
def test_due_dates(term, arrived_on, expired_on, expected):
    assert term.due_date(arrived_on=arrived_on, expired_on=expired_on) == expected


def test_a_term_without_date_or_delay_is_refused():
    with pytest.raises(ValueError, match="date or a delay"):
        Term(OPENING).due_date(arrived_on=OPENING)


def test_a_fixed_date_asks_an_expired_proof_again_only_before_it():
    term = Term(OPENING, due_on=date(2026, 6, 30))
    assert term.renews(expired_on=date(2026, 6, 29))
    assert not term.renews(expired_on=date(2026, 6, 30))
    assert Term(OPENING, delay_days=30).renews(expired_on=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("audience", "matches"),
    [
        (Audience("/1/"), True),
        (Audience("/1/4/"), True),
        (Audience("/1/4/9/"), True),
        (Audience("/1/4/9/2/"), False),
        (Audience("/1/40/"), False),
        (Audience("/1/", corps=frozenset({"pn", "gn"})), True),
        (Audience("/1/", corps=frozenset({"sp"})), False),
        (Audience("/1/", grades=frozenset({"brigadier"})), False),
        (Audience("/1/", frozenset({"pn"}), frozenset({"gardien de la paix"})), True),
    ],
)
def test_audiences(audience, matches):
    found = audience.matches(unit_path="/1/4/9/", corps="pn", grade="gardien de la paix")
    assert found is matches


def test_choices_are_kept_once_in_order():
    assert clean_choices(["sp", " gn", "sp", ""]) == ["gn", "sp"]
