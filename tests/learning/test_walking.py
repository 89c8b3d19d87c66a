from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.dialect.compiled import Dilemma
from app.learning.walking import follow, has_ended, list_walks, walk_of_choice
from tests.learning.modules import compiled


@dataclass(frozen=True)
class Kept:
    walk: int
    value: Any


def video() -> Dilemma:
    found = compiled().item("video")
    assert isinstance(found, Dilemma)
    return found


def made(*choices: tuple[int, str, int]) -> list[Kept]:
    return [Kept(walk, {"scene": scene, "choice": position}) for walk, scene, position in choices]


def test_a_walk_stands_in_the_scene_that_its_last_choice_leads_to() -> None:
    walk = follow(video(), 1, [{"scene": "", "choice": 1}])
    assert (walk.scene.id, walk.ended, walk.path) == ("en-prive", False, (("", 1),))
    walk = follow(video(), 1, [{"scene": "", "choice": 1}, {"scene": "en-prive", "choice": 2}])
    assert (walk.scene.id, walk.ended) == ("hierarchie", True)


def test_choices_that_do_not_follow_are_left_out() -> None:
    values = [{"scene": "en-prive", "choice": 1}, {"scene": "", "choice": 9},
              {"scene": "", "choice": 2}, {"scene": "", "choice": 1}]  # fmt: skip
    assert follow(video(), 1, values).path == (("", 2),)


def test_every_walk_is_kept_apart() -> None:
    kept = made((1, "", 1), (1, "en-prive", 1), (2, "", 2), (3, "", 1))
    assert [(walk.number, walk.ended) for walk in list_walks(video(), kept)] == [
        (1, True), (2, True), (3, False),
    ]  # fmt: skip


def test_a_dilemma_is_walked_once_some_walk_reached_an_ending() -> None:
    assert not has_ended(video(), [])
    assert not has_ended(video(), made((1, "", 1)))
    assert has_ended(video(), made((1, "", 2), (2, "", 1)))


def test_a_choice_goes_on_with_the_walk_or_begins_another() -> None:
    assert walk_of_choice(video(), [], "") == 1
    assert walk_of_choice(video(), [], "en-prive") is None
    under_way = made((1, "", 1))
    assert walk_of_choice(video(), under_way, "en-prive") == 1
    assert walk_of_choice(video(), under_way, "") == 2
    assert walk_of_choice(video(), under_way, "hierarchie") is None
    ended = made((1, "", 2))
    assert walk_of_choice(video(), ended, "") == 2
    assert walk_of_choice(video(), ended, "hierarchie") is None


choices = st.tuples(st.sampled_from(["", "en-prive", "hierarchie", "silence"]), st.integers(1, 2))


@given(st.lists(choices, max_size=12))
def test_whatever_is_clicked_each_walk_stays_a_story(clicks: list[tuple[str, int]]) -> None:
    kept: list[Kept] = []
    for scene, position in clicks:
        number = walk_of_choice(video(), kept, scene)
        if number is not None:
            kept += made((number, scene, position))
    walks = list_walks(video(), kept)
    assert sum(len(walk.path) for walk in walks) == len(kept)
    assert [walk.number for walk in walks] == list(range(1, len(walks) + 1))
