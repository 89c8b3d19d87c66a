"""The figures of a question, by hand and against the textbook's formula."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import correlation as pearson

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.learning.item_figures import (
    LEAST_ATTEMPTS,
    ItemFigures,
    Observed,
    Sums,
    figures_of,
    renew,
)
from app.learning.weaknesses import Finding, Weakness, find_weaknesses

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])


def observe(*seen: Observed) -> ItemFigures:
    sums = Sums()
    for one in seen:
        sums.add(one)
    return figures_of("q", sums)


def test_four_attempts_by_hand() -> None:
    figures = observe(
        Observed(1, 1.0, ("a",)), Observed(1, 0.5, ("a",)), Observed(0, 0.5, ("b",)),
        Observed(0, 0.0, (), is_answered=False),
    )  # fmt: skip
    assert (figures.n, figures.facility, figures.right, figures.unanswered) == (4, 0.5, 2, 1)
    assert figures.discrimination == 0.7071  # Means .75 and .25 apart, over a deviation of .3536.
    assert figures.letters == {"a": 2, "b": 1}
    assert figures.rests == {"a": 0.75, "b": 0.5}
    assert figures.deviation == 0.3536
    assert figures.outcomes == {"right": 2, "partly": 0, "other": 1, "unanswered": 1}


@pytest.mark.parametrize(
    "seen",
    [
        [Observed(1, 0.2), Observed(1, 0.8)],
        [Observed(1, 0.5), Observed(0, 0.5)],
        [Observed(1, None), Observed(0, None)],
        [Observed(1, 0.5)],
    ],
)
def test_what_does_not_vary_discriminates_nothing(seen: list[Observed]) -> None:
    assert observe(*seen).discrimination is None


@CALM
@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=60))
def test_discrimination_is_the_correlation_of_the_textbook(
    pairs: Sequence[tuple[float, float]],
) -> None:
    credits, rests = zip(*pairs, strict=True)
    found = observe(*(Observed(*pair) for pair in pairs)).discrimination
    if len(set(credits)) == 1 or len(set(rests)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(pearson(credits, rests), abs=1e-4)


@CALM
@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=30))
def test_the_order_of_attempts_does_not_matter(pairs: list[tuple[float, float]]) -> None:
    seen = [Observed(*one) for one in pairs]
    assert observe(*seen) == observe(*reversed(seen))


def figures(**values: object) -> ItemFigures:
    usual: dict[str, object] = {
        "item_id": "q", "n": 100, "right": 60, "partly": 0, "unanswered": 0, "facility": 0.6,
        "discrimination": 0.4, "letters": {"a": 60, "b": 25, "c": 15},
        "rests": {"a": 0.8, "b": 0.5, "c": 0.6}, "deviation": 0.2,
    }  # fmt: skip
    return ItemFigures(**usual | values)  # type: ignore[arg-type]


KEY = {"a": 100, "b": 0, "c": 0}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"facility": 0.97}, [Finding(Weakness.EASY)]),
        ({"facility": 0.97, "discrimination": 0.05}, [Finding(Weakness.EASY)]),
        ({"facility": 0.2}, [Finding(Weakness.HARD)]),
        ({"discrimination": -0.2}, [Finding(Weakness.INVERTED)]),
        ({"discrimination": -0.19}, [Finding(Weakness.WEAK)]),  # As chance may give.
        ({"discrimination": 0.1}, [Finding(Weakness.WEAK)]),
        ({"discrimination": None}, []),
        ({"unanswered": 10}, [Finding(Weakness.LEFT)]),
        ({"letters": {"a": 60, "b": 40}}, [Finding(Weakness.NOBODY, "c")]),
        ({"rests": {"a": 0.5, "b": 0.9, "c": 0.1}}, [Finding(Weakness.ATTRACTS_BEST, "b")]),
        ({"rests": {"a": 0.8, "b": 0.89, "c": 0.1}}, []),  # As chance may give.
        ({"rests": {"a": 0.8, "b": 0.9, "c": 0.1}}, [Finding(Weakness.ATTRACTS_BEST, "b")]),
        ({"rests": {"a": 0.5, "c": 0.9}, "letters": {"a": 60, "b": 31, "c": 9}}, []),
        (
            {"facility": 0.2, "discrimination": -0.2, "letters": {"a": 20, "b": 80}},
            [Finding(Weakness.INVERTED), Finding(Weakness.HARD), Finding(Weakness.NOBODY, "c")],
        ),
    ],
)
def test_each_weakness_is_found_by_its_threshold(
    values: dict[str, object], found: list[Finding]
) -> None:
    assert find_weaknesses(figures(**values), KEY, least=10) == found


def test_nothing_is_said_of_a_question_that_too_few_were_asked() -> None:
    few = figures(n=LEAST_ATTEMPTS - 1, facility=0.0, discrimination=-1.0)
    assert find_weaknesses(few, KEY, least=10) == []
    assert find_weaknesses(figures(n=LEAST_ATTEMPTS, facility=0.0), KEY, least=10) != []


@pytest.mark.parametrize(
    ("n", "unanswered", "is_told"), [(59, 0, True), (58, 0, False), (60, 2, False)]
)
def test_a_choice_that_chance_may_have_left_out_is_not_accused(
    n: int, unanswered: int, *, is_told: bool
) -> None:
    few = figures(n=n, unanswered=unanswered, letters={"a": n // 2, "b": n - unanswered - n // 2})
    accused = Finding(Weakness.NOBODY, "c") in find_weaknesses(few, KEY, least=10)
    assert accused is is_told


@pytest.mark.parametrize(("n", "is_new"), [(100, False), (109, False), (110, True), (90, False)])
def test_figures_change_only_where_enough_more_have_answered(n: int, is_new: bool) -> None:
    (one,) = renew([figures()], [figures(n=n, facility=0.1)], least=10)
    assert (one.facility == 0.1) is is_new


def test_figures_that_were_never_shown_are_taken_as_they_come() -> None:
    (one,) = renew([figures(n=29)], [figures(n=30, facility=0.1)], least=10)
    assert one.facility == 0.1
    assert renew([], [figures()], least=10) == [figures()]
    assert renew([figures()], [], least=10) == []
