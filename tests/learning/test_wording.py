from __future__ import annotations

from fractions import Fraction

import pytest
from flask import Flask

from app.learning.wording import say_about, say_opinion, say_points


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (Fraction(8), "8"),
        (Fraction(15, 2), "7,5"),
        (Fraction(5, 4), "1,25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(20, 3), "6 + 2/3"),
        (0, "0"),
    ],
)
def test_points_are_said_exactly(app: Flask, points: Fraction | int, said: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert say_points(points) == said


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (Fraction(15, 2), "7,5"),
        (Fraction(20, 3), "≈ 6,66"),
        (Fraction(101, 30), "≈ 3,36"),
        (Fraction(2399, 300), "≈ 7,99"),
        (8, "8"),
    ],
)
def test_a_score_is_never_said_better_than_it_is(
    app: Flask, points: Fraction | int, said: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert say_about(points) == said


def test_an_opinion_is_said_in_words_and_its_absence_not_at_all(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert say_opinion("a-eviter") == "À éviter"
        assert say_opinion("") == say_opinion(None) == ""
