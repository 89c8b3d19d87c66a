"""Credits are exact, bounded, and what the officer is told."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect import items
from app.dialect.compiled import (
    Choice,
    Draw,
    MultipleChoice,
    Reflection,
    SingleChoice,
    TrueFalse,
)
from app.dialect.items import Unreadable
from tests.dialect.writing import seeded

LETTERS = "abcdefgh"


def multiple(right: str, wrong: str) -> MultipleChoice:
    choices = [Choice(letter=x, html=x, credit=100 * (x in right)) for x in sorted(right + wrong)]
    return MultipleChoice(id="m", title="M", choices=tuple(choices))


SINGLE = SingleChoice(
    id="s",
    title="S",
    choices=(
        Choice(letter="a", html="A", credit=50, feedback="<p>Presque.</p>"),
        Choice(letter="b", html="B", credit=100),
        Choice(letter="c", html="C"),
    ),
    explanation="<p>Parce que.</p>",
    references="<p>CSI</p>",
)
TRUE_FALSE = TrueFalse(
    id="t",
    title="T",
    choices=(Choice(letter="a", html="Vrai", credit=100), Choice(letter="b", html="Faux")),
)
DRAW = Draw(id="d", title="D", bank="b", count=2)
REFLECTION = Reflection(id="r", title="R", explanation="<p>Repères.</p>")


@pytest.mark.parametrize(
    ("value", "credit"), [("a", Fraction(1, 2)), ("b", 1), ("c", 0), ("z", 0), (None, 0)]
)
def test_a_single_choice_earns_the_credit_of_its_letter(value: object, credit: Fraction) -> None:
    assert items.credit(SINGLE, value) == credit


@pytest.mark.parametrize(
    ("value", "credit"),
    [
        (["a", "b"], Fraction(1)),
        (["a"], Fraction(1, 2)),
        (["a", "b", "c"], Fraction(1, 2)),
        (["a", "c"], Fraction(0)),
        (["c", "d"], Fraction(0)),
        ([], Fraction(0)),
        (None, Fraction(0)),
        ("a", Fraction(0)),
    ],
)
def test_a_multiple_choice_loses_for_wrong_ticks(value: object, credit: Fraction) -> None:
    assert items.credit(multiple("ab", "cd"), value) == credit


def test_one_distractor_costs_as_if_there_were_two() -> None:
    assert items.credit(multiple("ab", "c"), ["a", "b", "c"]) == Fraction(1, 2)


def test_a_multiple_choice_without_right_answer_earns_nothing() -> None:
    assert items.credit(multiple("", "ab"), []) == 0


@st.composite
def ticked(draw: st.DrawFn) -> tuple[MultipleChoice, list[str]]:
    letters = LETTERS[: draw(st.integers(3, 8))]
    right = draw(st.sets(st.sampled_from(letters), min_size=1, max_size=len(letters) - 2))
    item = multiple("".join(sorted(right)), "".join(sorted(set(letters) - right)))
    return item, draw(st.lists(st.sampled_from(letters), unique=True))


@given(ticked())
@settings(deadline=None)
def test_credits_stay_between_none_and_all(case: tuple[MultipleChoice, list[str]]) -> None:
    item, value = case
    credit = items.credit(item, value)
    assert 0 <= credit <= 1
    right = {choice.letter for choice in item.choices if choice.credit == 100}
    assert (credit == 1) == (set(value) == right)


@given(ticked())
@settings(deadline=None)
def test_ticking_everything_earns_nothing(case: tuple[MultipleChoice, list[str]]) -> None:
    item, _ = case
    assert items.credit(item, [choice.letter for choice in item.choices]) == 0


@given(ticked(), st.randoms())
@settings(deadline=None)
def test_the_order_of_ticks_does_not_matter(
    case: tuple[MultipleChoice, list[str]], rng: random.Random
) -> None:
    item, value = case
    other = list(value)
    rng.shuffle(other)
    assert items.credit(item, other) == items.credit(item, value)


@given(ticked())
@settings(deadline=None)
def test_one_more_right_tick_never_costs(case: tuple[MultipleChoice, list[str]]) -> None:
    item, value = case
    for choice in item.choices:
        if choice.credit == 100 and choice.letter not in value:
            assert items.credit(item, [*value, choice.letter]) >= items.credit(item, value)


@pytest.mark.parametrize("item", [DRAW, REFLECTION])
def test_what_is_not_scored_earns_nothing(item: Draw | Reflection) -> None:
    assert items.credit(item, "quoi que ce soit") == 0
    assert not items.is_scored(item)


def test_what_is_scored_says_so() -> None:
    assert all(items.is_scored(item) for item in (SINGLE, TRUE_FALSE, multiple("a", "bc")))


@pytest.mark.parametrize("raw", [[], ["z"], ["a", "b"], [""], ["a "], ["A"]])
def test_a_single_choice_refuses_what_is_not_one_letter(raw: list[str]) -> None:
    with pytest.raises(Unreadable, match="choose"):
        items.read_value(SINGLE, raw)


def test_values_have_the_shape_of_the_record() -> None:
    assert items.read_value(SINGLE, ["b"]) == "b"
    assert items.read_value(TRUE_FALSE, ["a"]) == "a"
    assert items.read_value(multiple("ab", "cd"), ["c", "a"]) == ["a", "c"]
    assert items.read_value(multiple("ab", "cd"), []) == []
    assert items.read_value(REFLECTION, ["Un texte."]) == "Un texte."


@pytest.mark.parametrize("raw", [["a", "a"], ["a", "z"], [""]])
def test_a_multiple_choice_refuses_other_letters(raw: list[str]) -> None:
    with pytest.raises(Unreadable, match="choose"):
        items.read_value(multiple("ab", "cd"), raw)


@pytest.mark.parametrize("raw", [[], ["a", "b"], ["x" * 10_001], ["a\x00b"]])
def test_a_reflection_refuses_what_is_not_one_text(raw: list[str]) -> None:
    with pytest.raises(Unreadable, match="text"):
        items.read_value(REFLECTION, raw)


def test_a_draw_is_not_answered() -> None:
    with pytest.raises(Unreadable):
        items.read_value(DRAW, ["a"])


def test_feedback_tells_each_choice() -> None:
    told = items.feedback(SINGLE, "a")
    assert (told.numerator, told.denominator, told.right) == (1, 2, False)
    assert told.credit == Fraction(1, 2)
    assert [(c.letter, c.chosen, c.is_right) for c in told.choices] == [
        ("a", True, False),
        ("b", False, True),
        ("c", False, False),
    ]
    assert told.choices[0].feedback == "<p>Presque.</p>"
    assert (told.explanation, told.references) == ("<p>Parce que.</p>", "<p>CSI</p>")


def test_feedback_on_several_ticks_tells_which() -> None:
    told = items.feedback(multiple("ab", "cd"), ["a", "c"])
    assert [c.letter for c in told.choices if c.chosen] == ["a", "c"]
    assert items.feedback(multiple("ab", "cd"), ["a", "b"]).right


def test_feedback_on_a_reflection_gives_its_explanation() -> None:
    told = items.feedback(REFLECTION, "Un texte.")
    assert not told.scored
    assert told.explanation == "<p>Repères.</p>"


@given(st.randoms())
@settings(deadline=None)
def test_the_default_order_holds_every_letter(rng: random.Random) -> None:
    item = multiple("ab", "cdef")
    assert sorted(items.default_order(item, rng)) == list("abcdef")


def test_the_default_order_is_drawn() -> None:
    item = multiple("ab", "cdef")
    assert len({items.default_order(item, seeded(seed)) for seed in range(20)}) > 5


def test_the_written_order_is_kept_where_asked() -> None:
    item = SingleChoice(id="s", title="S", shuffle=False, choices=SINGLE.choices)
    for seed in range(5):
        assert items.default_order(item, seeded(seed)) == ("a", "b", "c")
        assert items.default_order(TRUE_FALSE, seeded(seed)) == ("a", "b")
        assert items.default_order(REFLECTION, seeded(seed)) == ()
