"""What is hidden cannot be found again by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.learning.masking import hide_scenes, mask

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 20, "b": 15}, ""),
        ({"a": 35, "b": 0}, ""),
        ({"a": 20, "b": 15, "c": 3}, "bc"),
        ({"a": 30, "b": 6, "c": 6}, "bc"),
        ({"a": 30, "b": 4, "c": 3}, "abc"),
        ({"a": 30, "b": 11, "c": 4, "d": 3}, "bcd"),
        ({"a": 37, "b": 3}, "ab"),
        ({"a": 3}, "a"),
    ],
)
def test_a_small_count_hides_with_enough_others(counts: dict[str, int], hidden: str) -> None:
    assert mask(counts, 10) == frozenset(hidden)


@CALM
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60)), st.integers(5, 12))
def test_no_small_count_is_shown_nor_found_by_subtraction(
    counts: dict[str, int], least: int
) -> None:
    hidden = mask(counts, least)
    shown = [count for name, count in counts.items() if name not in hidden]
    assert all(count == 0 or count >= least for count in shown)
    if hidden:
        left = sum(counts[name] for name in hidden)  # What a reader finds by subtraction.
        present = {name for name, count in counts.items() if count}
        assert (len(hidden) >= 2 and left >= least) or hidden == present
        assert all(counts[name] for name in hidden)


WAYS = {"": {1: "x", 2: "y"}, "x": {1: "y", 2: "end"}, "y": {1: "end", 2: "other"}}


def test_a_scene_that_follows_a_hidden_choice_is_hidden_whole() -> None:
    counts = {"": {1: 40, 2: 4}, "x": {1: 20, 2: 20}, "y": {1: 12, 2: 12}}
    assert hide_scenes(WAYS, counts, 10) == {
        "": frozenset({1, 2}), "x": frozenset({1, 2}), "y": frozenset({1, 2}),
    }  # fmt: skip


def test_a_scene_that_all_reach_in_the_open_is_shown() -> None:
    counts = {"": {1: 40, 2: 30}, "x": {1: 20, 2: 20}, "y": {1: 25, 2: 25}}
    assert hide_scenes(WAYS, counts, 10) == dict.fromkeys(WAYS, frozenset())


def test_a_story_that_turns_in_a_circle_comes_to_an_end() -> None:
    ways = {"": {1: "x", 2: "y"}, "x": {1: ""}, "y": {1: "x"}}
    counts = {"": {1: 30, 2: 3}, "x": {1: 30}, "y": {1: 3}}
    assert all(hidden == frozenset(ways[scene]) for scene, hidden in
               hide_scenes(ways, counts, 10).items())  # fmt: skip


@CALM
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=3))
def test_whoever_comes_by_a_hidden_choice_is_not_counted_further_on(
    drawn: list[tuple[int, int]],
) -> None:
    counts = {
        scene: dict(zip((1, 2), pair, strict=True)) for scene, pair in zip(WAYS, drawn, strict=True)
    }
    hidden = hide_scenes(WAYS, counts, 10)
    for scene, choices in hidden.items():
        for choice in choices:
            reached = WAYS[scene][choice]
            assert reached not in WAYS or hidden[reached] == frozenset(WAYS[reached])
