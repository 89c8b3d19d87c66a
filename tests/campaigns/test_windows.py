"""The windows of the year: one a year, or every so many, and never two at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.learning.windows import Occurrence, Window

SPRING = Window("01-15", "03-15", opens_on=date(2026, 1, 5), early_days=10)


@pytest.mark.parametrize(
    ("window", "day", "found"),
    [
        (SPRING, date(2026, 1, 4), None),
        (SPRING, date(2026, 1, 5),
         Occurrence(date(2026, 1, 5), date(2026, 1, 15), date(2026, 3, 15))),
        (SPRING, date(2026, 3, 15),
         Occurrence(date(2026, 1, 5), date(2026, 1, 15), date(2026, 3, 15))),
        (SPRING, date(2026, 3, 16), None),
        (SPRING, date(2027, 1, 4), None),
        (SPRING, date(2027, 1, 5),
         Occurrence(date(2027, 1, 5), date(2027, 1, 15), date(2027, 3, 15))),
        (Window("12-01", "01-31", opens_on=date(2026, 6, 1)), date(2027, 1, 31),
         Occurrence(date(2026, 12, 1), date(2026, 12, 1), date(2027, 1, 31))),
        (Window("01-15", "03-15", 2, date(2026, 1, 1)), date(2027, 2, 1), None),
        (Window("01-15", "03-15", 2, date(2026, 1, 1)), date(2028, 2, 1),
         Occurrence(date(2028, 1, 15), date(2028, 1, 15), date(2028, 3, 15))),
        (Window("02-29", "03-10", opens_on=date(2027, 1, 1)), date(2027, 2, 28),
         Occurrence(date(2027, 2, 28), date(2027, 2, 28), date(2027, 3, 10))),
    ],
)  # fmt: skip
def test_the_window_of_a_day(window, day, found):
    assert window.on(day) == found


def test_a_proof_holds_until_the_end_of_the_window_that_comes_next():
    assert SPRING.holds_until(date(2026, 2, 1)) == date(2027, 3, 15)
    assert SPRING.holds_until(date(2026, 6, 1)) == date(2027, 3, 15)
    assert SPRING.holds_until(date(2027, 1, 5)) == date(2028, 3, 15)


DAYS_OF_THE_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")


@settings(deadline=None)
@given(
    DAYS_OF_THE_YEAR, DAYS_OF_THE_YEAR, st.integers(1, 4), st.integers(0, 365),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_windows_follow_one_another_and_a_proof_outlives_its_own(starts, ends, years, early, opens):
    window = Window(starts, ends, years, opens, early)
    former = window.number(0)
    assert former.ends >= opens
    for index in range(1, 5):
        found = window.number(index)
        assert former.ends < found.opens <= found.starts <= found.ends
        for day in (found.opens, found.starts, found.ends):
            assert window.on(day) == found
            assert window.holds_until(day) == window.number(index + 1).ends
        assert window.on(found.opens - timedelta(days=1)) in {None, former}
        former = found
