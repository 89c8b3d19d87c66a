from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialect.compiled import Choice, MultipleChoice, SingleChoice
from app.learning.scoring import NothingAsked, Score, is_blank, score


def single(name: str, points: int = 1, half: bool = False) -> SingleChoice:
    return SingleChoice(
        id=name,
        title=name,
        points=points,
        choices=(
            Choice(letter="a", html="a", credit=100),
            Choice(letter="b", html="b", credit=50 if half else 0),
            Choice(letter="c", html="c"),
        ),
    )


def multiple(name: str, points: int = 1) -> MultipleChoice:
    return MultipleChoice(
        id=name,
        title=name,
        points=points,
        choices=tuple(
            Choice(letter=letter, html=letter, credit=100 if letter in "abc" else 0)
            for letter in "abcdef"
        ),
    )


def test_every_item_asked_counts_even_without_an_answer() -> None:
    result = score([single("one"), single("two"), single("three")], {"one": "a"})
    assert result.share == Fraction(1, 3)
    assert result.wrong == ("two", "three")


def test_points_weigh_and_the_share_is_in_lowest_terms() -> None:
    result = score([single("one", points=3), single("two")], {"one": "b", "two": "a"})
    assert (result.earned, result.possible) == (1, 4)
    assert result.share.as_integer_ratio() == (1, 4)
    result = score([single("one"), single("two")], {"one": "a", "two": "a"})
    assert result.share.as_integer_ratio() == (1, 1)


def test_partial_credit_is_exact() -> None:
    result = score([multiple("m"), single("s", half=True)], {"m": ["a"], "s": "b"})
    assert result.earned == Fraction(1, 3) + Fraction(1, 2)
    assert result.of("m").credit == Fraction(1, 3)
    assert not result.of("m").is_right


def test_eighty_percent_of_fifteen_points_is_twelve_exactly() -> None:
    asked = [single(str(number)) for number in range(15)]
    twelve = {str(number): "a" for number in range(12)}
    assert score(asked, twelve).reaches(80)
    del twelve["0"]
    assert not score(asked, twelve).reaches(80)


def test_a_third_of_a_point_short_of_the_mark_does_not_pass() -> None:
    asked = [multiple("m"), multiple("n"), multiple("o")]
    answers = {"m": ["a", "b", "c"], "n": ["a", "b", "c"], "o": ["a"]}
    result = score(asked, answers)
    assert result.share == Fraction(7, 9)
    assert result.reaches(77)
    assert not result.reaches(78)


def test_a_quiz_without_items_has_no_score() -> None:
    with pytest.raises(NothingAsked):
        score([], {})
    with pytest.raises(NothingAsked):
        score([single("one", points=0)], {})


@pytest.mark.parametrize(("value", "blank"), [
    (None, True), ("", True), ([], True), ({}, True), ("a", False), (["a"], False), (0, False),
    (False, False),
])  # fmt: skip
def test_only_what_answers_nothing_is_blank(value: object, blank: bool) -> None:
    assert is_blank(value) is blank


def test_an_answer_to_an_item_not_asked_changes_nothing() -> None:
    assert score([single("one")], {"one": "a", "two": "a"}) == score([single("one")], {"one": "a"})


answers = st.dictionaries(
    st.sampled_from([f"m{n}" for n in range(6)]),
    st.lists(st.sampled_from("abcdefz"), unique=True),
)


@given(answers, st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(1, 100))
def test_the_score_stays_in_range_and_agrees_with_the_pass_mark(
    given_answers: dict[str, list[str]], points: list[int], pass_mark: int
) -> None:
    asked = [multiple(f"m{number}", worth) for number, worth in enumerate(points)]
    result = score(asked, given_answers)
    assert 0 <= result.earned <= result.possible == sum(points)
    assert result.reaches(pass_mark) == (result.share >= Fraction(pass_mark, 100))
    assert isinstance(result, Score)
    assert (result.wrong == ()) == (result.share == 1)


@given(answers)
def test_one_more_right_answer_never_lowers_the_score(given_answers: dict[str, list[str]]) -> None:
    asked = [multiple(f"m{number}") for number in range(6)]
    before = score(asked, given_answers).earned
    after = score(asked, given_answers | {"m0": ["a", "b", "c"]}).earned
    assert after >= before
