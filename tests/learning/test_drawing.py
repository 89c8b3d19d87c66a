from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialect.compiled import (
    Choice,
    CompiledModule,
    Draw,
    Prose,
    Question,
    Reflection,
    SingleChoice,
    Step,
)
from app.learning.drawing import count_asked, draw, items_of
from tests.learning.modules import KEY, compiled


def choice(name: str, *corps: str, shuffle: bool = True) -> SingleChoice:
    letters = (Choice(letter=x, html=x, credit=100 if x == "a" else 0) for x in "abcde")
    return SingleChoice(id=name, title=name, corps=corps, shuffle=shuffle, choices=tuple(letters))


def module(*blocks: Question | Prose, **banks: tuple[SingleChoice, ...]) -> CompiledModule:
    return CompiledModule(
        slug="m", language="fr", title="M", minutes=10, audience=("pn",), skills=(),
        evaluation=Step(id="evaluation", title="E", blocks=blocks), banks=banks,
    )  # fmt: skip


def bank(size: int, name: str = "q") -> tuple[SingleChoice, ...]:
    return tuple(choice(f"{name}{number}") for number in range(size))


def place(name: str, count: int, source: str = "b", *corps: str) -> Question:
    return Question(item=Draw(id=name, title=name, bank=source, count=count), corps=corps)


def ids(drawn: list[object]) -> list[str]:
    return [asked["item"] for asked in drawn]  # type: ignore[index]


def test_the_order_of_the_evaluation_is_kept_around_the_draw() -> None:
    quiz = module(Question(item=choice("first")), place("d", 2), Question(item=choice("last")),
                  b=bank(5))  # fmt: skip
    drawn = ids(draw(quiz, "pn", seen={}, seed=1))
    assert (drawn[0], drawn[-1], len(drawn)) == ("first", "last", 4)


def test_prose_and_what_earns_no_points_is_not_asked() -> None:
    quiz = module(Prose(html="<p>…</p>"), Question(item=Reflection(id="r", title="r")),
                  Question(item=choice("q")))  # fmt: skip
    assert ids(draw(quiz, "pn", seen={}, seed=1)) == ["q"]


def test_a_module_without_evaluation_asks_nothing() -> None:
    bare = CompiledModule(
        slug="m", language="fr", title="M", minutes=1, audience=("pn",), skills=()
    )
    assert draw(bare, "pn", seen={}, seed=1) == []
    assert count_asked(bare, "pn") == 0


def test_a_draw_from_a_bank_that_is_missing_asks_nothing() -> None:
    assert draw(module(place("d", 2, "absent")), "pn", seen={}, seed=1) == []


def test_two_draws_from_one_bank_never_ask_the_same_twice() -> None:
    quiz = module(place("d", 3), place("e", 3), b=bank(6))
    assert sorted(ids(draw(quiz, "pn", seen={}, seed=3))) == [f"q{n}" for n in range(6)]


def test_items_never_seen_come_first_then_those_seen_least() -> None:
    quiz = module(place("d", 4), b=bank(5))
    seen = {"q0": 3, "q1": 1, "q2": 2}
    for seed in range(20):
        assert sorted(ids(draw(quiz, "pn", seen=seen, seed=seed))) == ["q1", "q2", "q3", "q4"]


def test_a_corps_is_asked_only_what_it_may_see() -> None:
    own = (choice("for-gn", "gn"), choice("for-pn", "pn"), choice("for-all"))
    quiz = module(
        Question(item=choice("gn-only"), corps=("gn",)),
        Question(item=choice("gn-item", "gn")),
        place("d", 5),
        place("gn-draw", 5, "b", "gn"),
        b=own,
    )
    assert sorted(ids(draw(quiz, "pn", seen={}, seed=1))) == ["for-all", "for-pn"]
    assert sorted(ids(draw(quiz, "gn", seen={}, seed=1))) == [
        "for-all", "for-gn", "gn-item", "gn-only",
    ]  # fmt: skip


def test_the_same_seed_draws_the_same_and_others_differ() -> None:
    quiz = module(place("d", 4), b=bank(9))
    assert draw(quiz, "pn", seen={}, seed=7) == draw(quiz, "pn", seen={}, seed=7)
    assert len({str(draw(quiz, "pn", seen={}, seed=seed)) for seed in range(10)}) > 5


def test_choices_are_shuffled_unless_the_author_keeps_their_order() -> None:
    quiz = module(Question(item=choice("free")), Question(item=choice("kept", shuffle=False)))
    orders = [draw(quiz, "pn", seen={}, seed=seed) for seed in range(10)]
    assert {tuple(drawn[1]["order"]) for drawn in orders} == {tuple("abcde")}
    assert len({tuple(drawn[0]["order"]) for drawn in orders}) > 3
    assert all(sorted(drawn[0]["order"]) == list("abcde") for drawn in orders)


def test_chance_is_fair_between_items_seen_as_often() -> None:
    quiz = module(place("d", 1), b=bank(4))
    counts = Counter(ids(draw(quiz, "pn", seen={}, seed=seed))[0] for seed in range(400))
    assert set(counts) == {"q0", "q1", "q2", "q3"}
    assert min(counts.values()) > 50


def test_a_stored_draw_gives_its_items_back_in_order() -> None:
    drawn = draw(compiled(), "pn", seen={}, seed=5)
    assert [item.id for item in items_of(compiled(), drawn)] == ids(drawn)
    assert set(ids(drawn)) <= set(KEY)
    assert count_asked(compiled(), "pn") == len(drawn) == 4


@given(
    st.integers(0, 12),
    st.integers(0, 12),
    st.dictionaries(st.sampled_from([f"q{n}" for n in range(12)]), st.integers(0, 5)),
    st.integers(0, 2**31),
)
def test_a_draw_is_full_distinct_and_takes_the_least_seen(
    size: int, count: int, seen: dict[str, int], seed: int
) -> None:
    quiz = module(place("d", count), b=bank(size))
    drawn = ids(draw(quiz, "pn", seen=seen, seed=seed))
    assert len(drawn) == len(set(drawn)) == min(size, count)
    left = {f"q{number}" for number in range(size)} - set(drawn)
    most = max((seen.get(name, 0) for name in drawn), default=0)
    assert all(seen.get(name, 0) >= most for name in left)


@pytest.mark.parametrize("corps", ["pn", "pm"])
def test_the_small_module_asks_each_corps_its_own(corps: str) -> None:
    asked = {
        name for seed in range(30) for name in ids(draw(compiled(), corps, seen={}, seed=seed))
    }
    assert ("cas-trois" in asked) == (corps == "pn")
