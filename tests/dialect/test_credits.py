"""What each type earns: a table worked out by hand, then what holds whatever the answer."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialect import items
from app.dialect.compiled import (
    AnyItem,
    Choice,
    Cloze,
    Gap,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Pair,
    Poll,
    Row,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)


def ordering(count: int) -> Ordering:
    return Ordering(id="o", title="O", rows=tuple(Row(html=f"R{n}") for n in range(count)))


def matching(*rights: int, of: int) -> Matching:
    pairs = tuple(Pair(html=f"G{n}", right=right) for n, right in enumerate(rights))
    return Matching(id="a", title="A", pairs=pairs, rights=tuple(f"D{n}" for n in range(of)))


def number(answer: str, tolerance: str = "0", unit: str = "") -> Number:
    return Number(id="n", title="N", answer=answer, tolerance=tolerance, unit=unit, shown=answer)


def short(*texts: tuple[str, int]) -> ShortAnswer:
    choices = tuple(
        Choice(letter=letter, html=text, text=text, credit=credit)
        for letter, (text, credit) in zip("abcdef", texts, strict=False)
    )
    return ShortAnswer(id="c", title="C", choices=choices)


def cloze(*gaps: Gap) -> Cloze:
    return Cloze(id="t", title="T", pieces=("",) * (len(gaps) + 1), gaps=gaps)


def ticked(kind: type, right: str, wrong: str = "", half: str = "") -> AnyItem:
    credit = dict.fromkeys(right, 100) | dict.fromkeys(half, 50) | dict.fromkeys(wrong, 0)
    choices = tuple(Choice(letter=x, html=x, credit=credit[x]) for x in sorted(credit))
    item: AnyItem = kind(id="q", title="Q", choices=choices)
    return item


SINGLE = ticked(SingleChoice, "b", "cd", half="a")
TRUTH = ticked(TrueFalse, "a", "b")
TWO_OF_FOUR = ticked(MultipleChoice, "ab", "cd")
THREE_OF_EIGHT = ticked(MultipleChoice, "abc", "defgh")
TWO_OF_THREE = ticked(MultipleChoice, "ab", "c")
ONE_OF_FIVE = ticked(MultipleChoice, "a", "bcde")
TWO, THREE, FOUR, FIVE = ordering(2), ordering(3), ordering(4), ordering(5)
PAIRS = matching(1, 2, 3, of=3)
GROUPS = matching(1, 1, 2, 2, of=3)
EXACT = number("48")
ABOUT = number("48", "2", "h")
DECIMAL = number("3.5", "0.25", "m")
THOUSANDS = number("1500", "50", "€")
BELOW_ZERO = number("-4", "1")
WORD = short(("Référent déontologue", 100), ("le référent", 50), ("Inspection", 0))
LIGATURE = short(("L'œil d'abord", 100))
GAPS = cloze(
    Gap(accepted=("nécessaire",)),
    Gap(accepted=("proportionnée",), decoys=("rapide", "visible")),
    Gap(accepted=("cesse", "prend fin")),
)

HAND = [
    # One letter: its credit.
    (SINGLE, "b", 1), (SINGLE, "a", "1/2"), (SINGLE, "c", 0), (SINGLE, "d", 0), (SINGLE, "z", 0),
    (SINGLE, "", 0), (SINGLE, ["b"], 0), (TRUTH, "a", 1), (TRUTH, "b", 0), (TRUTH, "A", 0),
    # Several letters: r/k − w/max(2, n − k), at least 0.
    (TWO_OF_FOUR, ["a", "b"], 1), (TWO_OF_FOUR, ["a"], "1/2"), (TWO_OF_FOUR, ["c"], 0),
    (TWO_OF_FOUR, ["a", "b", "c"], "1/2"), (TWO_OF_FOUR, ["a", "c"], 0),
    (TWO_OF_FOUR, ["a", "b", "c", "d"], 0), (TWO_OF_FOUR, [], 0), (TWO_OF_FOUR, "ab", 0),
    (THREE_OF_EIGHT, ["a", "b", "c"], 1), (THREE_OF_EIGHT, ["a", "b"], "2/3"),
    (THREE_OF_EIGHT, ["a", "b", "c", "d"], "4/5"), (THREE_OF_EIGHT, ["a", "d"], "2/15"),
    (THREE_OF_EIGHT, ["a", "b", "d", "e"], "4/15"), (THREE_OF_EIGHT, ["a", "d", "e"], 0),
    (TWO_OF_THREE, ["a", "b", "c"], "1/2"), (TWO_OF_THREE, ["a", "c"], 0),
    (ONE_OF_FIVE, ["a"], 1), (ONE_OF_FIVE, ["a", "b"], "3/4"),
    (ONE_OF_FIVE, ["a", "b", "c"], "1/2"), (ONE_OF_FIVE, ["a", "b", "c", "d", "e"], 0),
    # Rows: max(0, 2c − 1), c the share of pairs in order.
    (TWO, [1, 2], 1), (TWO, [2, 1], 0), (THREE, [1, 2, 3], 1), (THREE, [1, 3, 2], "1/3"),
    (THREE, [2, 1, 3], "1/3"), (THREE, [2, 3, 1], 0), (THREE, [3, 1, 2], 0), (THREE, [3, 2, 1], 0),
    (FOUR, [1, 2, 3, 4], 1), (FOUR, [1, 2, 4, 3], "2/3"), (FOUR, [2, 1, 3, 4], "2/3"),
    (FOUR, [1, 4, 2, 3], "1/3"), (FOUR, [2, 1, 4, 3], "1/3"), (FOUR, [4, 1, 2, 3], 0),
    (FOUR, [4, 3, 2, 1], 0), (FIVE, [1, 2, 3, 5, 4], "4/5"), (FIVE, [5, 1, 2, 3, 4], "1/5"),
    (FIVE, [2, 3, 4, 5, 1], "1/5"), (FIVE, [5, 4, 3, 2, 1], 0), (THREE, [1, 2], 0),
    (THREE, [1, 1, 2], 0), (THREE, [], 0), (THREE, None, 0),
    # Pairs: right over total.
    (PAIRS, [1, 2, 3], 1), (PAIRS, [1, 3, 2], "1/3"), (PAIRS, [1, 0, 3], "2/3"),
    (PAIRS, [2, 3, 1], 0), (PAIRS, [0, 0, 0], 0), (PAIRS, [], 0), (PAIRS, [1, 1, 1], "1/3"),
    (GROUPS, [1, 1, 2, 2], 1), (GROUPS, [1, 1, 1, 1], "1/2"), (GROUPS, [1, 2, 2, 2], "3/4"),
    (GROUPS, [3, 3, 3, 3], 0), (GROUPS, [2, 2, 1, 1], 0), (GROUPS, [1, 1, 2], "3/4"),
    # Numbers: inside the tolerance, its limits included.
    (EXACT, "48", 1), (EXACT, "48,0", 1), (EXACT, " 48 ", 1), (EXACT, "48.5", 0), (EXACT, "", 0),
    (EXACT, "48 h", 0), (EXACT, "quarante-huit", 0), (ABOUT, "46", 1), (ABOUT, "50", 1),
    (ABOUT, "50 h", 1), (ABOUT, "50 H.", 1), (ABOUT, "50,01", 0), (ABOUT, "45,99", 0),
    (ABOUT, "50 min", 0), (ABOUT, "48h", 1), (DECIMAL, "3,25", 1), (DECIMAL, "3.75", 1),
    (DECIMAL, "3,76 m", 0), (DECIMAL, "3,5", 1), (THOUSANDS, "1 500", 1), (THOUSANDS, "1550 €", 1),
    (THOUSANDS, "1\u202f450", 1), (THOUSANDS, "1,500", 0), (THOUSANDS, "1551", 0),
    (BELOW_ZERO, "-5", 1), (BELOW_ZERO, "−3", 1), (BELOW_ZERO, "4", 0),
    # Words: without case, accents, spaces or kinds of quotes.
    (WORD, "référent déontologue", 1), (WORD, "REFERENT  DEONTOLOGUE", 1),
    (WORD, "Référent déontologue.", 1), (WORD, "Le Référent", "1/2"), (WORD, "inspection", 0),
    (WORD, "déontologue", 0), (WORD, "", 0), (WORD, None, 0), (LIGATURE, "l’oeil d’abord", 1),
    # Gaps: right over total.
    (GAPS, ["nécessaire", "proportionnée", "cesse"], 1),
    (GAPS, ["Necessaire", "proportionnée", "prend fin"], 1),
    (GAPS, ["nécessaire", "rapide", "cesse"], "2/3"), (GAPS, ["", "", "prend  fin"], "1/3"),
    (GAPS, ["x", "visible", ""], 0), (GAPS, [], 0),
]  # fmt: skip


@pytest.mark.parametrize(("item", "value", "credit"), HAND)
def test_a_credit_is_the_one_worked_out_by_hand(
    item: AnyItem, value: object, credit: int | str
) -> None:
    assert items.credit(item, value) == Fraction(credit)


def test_the_table_is_long_enough_and_speaks_of_every_scored_type() -> None:
    assert len(HAND) >= 100
    assert {type(item) for item, _, _ in HAND} == {
        SingleChoice, TrueFalse, MultipleChoice, Ordering, Matching, Number, ShortAnswer, Cloze,
    }  # fmt: skip


def test_a_poll_earns_nothing_and_has_no_right_answer() -> None:
    poll = ticked(Poll, "", "ab")
    assert items.credit(poll, "a") == 0
    assert items.right_value(poll) is None
    assert not items.is_scored(poll)
    assert items.feedback(poll, "a").scored is False


EVERY = [SINGLE, TRUTH, TWO_OF_FOUR, THREE_OF_EIGHT, FIVE, PAIRS, GROUPS, ABOUT, WORD, GAPS]


@pytest.mark.parametrize("item", EVERY, ids=lambda item: type(item).__name__)
@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=25)
def test_the_right_answer_earns_all_through_the_page(item: AnyItem, seed: int) -> None:
    order = items.default_order(item, random.Random(seed))
    value = items.right_value(item)
    raw = items.raw_of(item, value, order)
    assert items.read_value(item, raw, order) == value
    assert items.credit(item, value) == 1
    assert items.feedback(item, value).right


@given(st.integers(2, 12), st.randoms())
@settings(deadline=None)
def test_swapping_neighbours_into_order_never_costs(count: int, rng: random.Random) -> None:
    item = ordering(count)
    value = list(range(1, count + 1))
    rng.shuffle(value)
    for place in range(count - 1):
        if value[place] > value[place + 1]:
            better = [*value]
            better[place : place + 2] = value[place + 1], value[place]
            assert items.credit(item, better) >= items.credit(item, value)


@given(st.permutations(range(1, 7)))
@settings(deadline=None)
def test_an_ordering_earns_the_exact_fraction_of_its_pairs(value: list[int]) -> None:
    pairs = list(combinations(value, 2))
    kept = sum(one < other for one, other in pairs)
    assert items.credit(ordering(6), value) == max(Fraction(0), Fraction(2 * kept, 15) - 1)


@given(st.lists(st.integers(0, 3), min_size=3, max_size=3), st.integers(0, 2))
@settings(deadline=None)
def test_one_more_right_pair_adds_its_exact_share(value: list[int], rank: int) -> None:
    better = [*value]
    better[rank] = rank + 1
    gain = items.credit(PAIRS, better) - items.credit(PAIRS, value)
    assert gain == (Fraction(1, 3) if value[rank] != rank + 1 else 0)


@given(st.decimals(-10_000, 10_000, places=2), st.integers(0, 500))
@settings(deadline=None)
def test_a_number_is_right_within_its_tolerance_and_nowhere_else(
    given_number: object, tolerance: int
) -> None:
    item = number("100", str(tolerance))
    inside = abs(Fraction(str(given_number)) - 100) <= tolerance
    typed = str(given_number).replace(".", ",")
    assert items.credit(item, typed) == int(inside)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_whatever_is_typed_earns_between_none_and_all(text: str) -> None:
    for item in (ABOUT, WORD):
        assert 0 <= items.credit(item, text) <= 1
    assert 0 <= items.credit(GAPS, [text, text, text]) <= 1


@given(
    st.lists(st.one_of(st.none(), st.integers(-3, 9), st.text(max_size=3)), max_size=8),
    st.sampled_from(EVERY),
)
@settings(deadline=None)
def test_whatever_is_stored_earns_between_none_and_all(value: list[object], item: AnyItem) -> None:
    assert 0 <= items.credit(item, value) <= 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("18 ± 0 min", "18 min"),
        ("18 +/- 0,0", "18"),
        ("48 ± 0,5 h", "48 ± 0,5 h"),
        ("48 ± 05 h", "48 ± 05 h"),
    ],
)
def test_a_tolerance_of_nothing_is_not_said(written: str, said: str) -> None:
    item = Number(id="n", title="N", answer="18", shown=written)
    assert items.feedback(item, "12").rows[0].expected == said
