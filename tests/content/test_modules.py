"""What every shipped module has, and what nobody can do to its quiz by guessing."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from app.catalogue.folding import text_of
from app.dialect import items
from app.dialect.compiled import (
    AnyItem,
    Cloze,
    CompiledModule,
    Dilemma,
    Draw,
    Matching,
    MultipleChoice,
    Ordering,
    Prose,
    SingleChoice,
    TrueFalse,
)
from app.learning.drawing import draw, items_of
from tests.content.shipped import LANGUAGES, SLUGS, flow_of, module_of, reading_of

DRAWS = int(os.environ.get("CURRICULUM_DRAWS", "60"))
"""Quizzes taken by each way of guessing, for each module, corps and language."""
QUESTIONS, LEAST_BANK, LEAST_TYPES, LEAST_DILEMMAS, LEAST_EXAMPLES = 10, 24, 5, 2, 3
MOST_PASSED = Fraction(1, 20)
ENDING = re.compile(r"callout callout--exemple")

every_module = pytest.mark.parametrize("slug", SLUGS)
every_text = pytest.mark.parametrize(
    ("slug", "language"), [(slug, language) for slug in SLUGS for language in LANGUAGES]
)


@every_module
def test_the_check_finds_nothing(slug: str) -> None:
    assert list(map(str, reading_of(slug).messages)) == []
    assert set(reading_of(slug).modules) == set(LANGUAGES)


@every_module
def test_a_module_teaches_in_several_ways_and_for_each_corps(slug: str) -> None:
    module = module_of(slug)
    assert 4 <= len(module.steps) <= 7
    for corps in module.audience:
        asked = flow_of(module, corps)
        kinds = {type(item) for item in asked if not isinstance(item, Dilemma)}
        assert len(kinds) >= LEAST_TYPES, (corps, kinds)
        assert sum(isinstance(item, Dilemma) for item in asked) >= LEAST_DILEMMAS, corps


@every_text
def test_a_module_says_what_it_is_about_in_a_sentence_of_its_own(slug: str, language: str) -> None:
    module = module_of(slug, language)
    assert 90 <= len(module.summary) <= 160
    assert module.summary.endswith(".")
    assert 1 <= len(re.findall(r"[.?!…](?=\s|$)", module.summary)) <= 2
    assert "—" not in module.summary
    blocks = (block for step in module.steps for block in step.blocks)
    pages = [text_of(block.html) for block in blocks if isinstance(block, Prose)]
    assert not any(module.summary in page for page in pages), "said twice"


@every_text
def test_a_module_has_its_sheets_its_cases_and_its_bank(slug: str, language: str) -> None:
    module = module_of(slug, language)
    assert module.reflex is not None
    assert module.facilitation is not None
    prose = "".join(
        block.html for step in module.steps for block in step.blocks if isinstance(block, Prose)
    )
    assert len(ENDING.findall(prose)) >= LEAST_EXAMPLES
    assert sum(len(bank) for bank in module.banks.values()) >= LEAST_BANK
    for corps in module.audience:
        held = [
            item for bank in module.banks.values() for item in bank
            if not item.corps or corps in item.corps
        ]  # fmt: skip
        assert len(held) >= 2 * QUESTIONS, corps


@every_module
def test_every_corps_is_asked_ten_questions_of_its_own(slug: str) -> None:
    module = module_of(slug)
    for corps in module.audience:
        for seed in range(20):
            drawn = items_of(module, draw(module, corps, seen={}, seed=seed))
            assert len(drawn) == QUESTIONS
            assert len({item.id for item in drawn}) == QUESTIONS
            assert all(not item.corps or corps in item.corps for item in drawn)


@every_module
def test_what_is_wrong_is_answered_and_what_is_asked_is_explained(slug: str) -> None:
    for item in module_of(slug).every_item():
        if not items.is_scored(item):
            continue
        assert item.explanation, item.id
        for choice in getattr(item, "choices", ()):
            assert choice.credit == 100 or choice.feedback, (item.id, choice.letter)


@every_text
def test_a_dilemma_can_be_walked_whole(slug: str, language: str) -> None:
    for item in module_of(slug, language).every_item():
        if not isinstance(item, Dilemma):
            continue
        reached, waiting, levels = {""}, [("", 0)], set()
        while waiting:
            scene_id, depth = waiting.pop()
            scene = item.scene(scene_id)
            assert scene is not None
            levels.add(depth)
            assert scene_id == "" or text_of(scene.html), (item.id, scene_id)
            assert scene.choices or text_of(scene.debrief), (item.id, scene_id)
            for choice in scene.choices:
                assert text_of(choice.html)
                if choice.to not in reached:
                    reached.add(choice.to)
                    waiting.append((choice.to, depth + 1))
        assert reached == {"", *(scene.id for scene in item.scenes)}
        assert max(levels) >= 2, f"{item.id} does not branch to a second level"


Guess = Callable[[AnyItem, Sequence[str], random.Random], object]


def knows(item: AnyItem, _order: Sequence[str], _rng: random.Random) -> object:
    return items.right_value(item)


def takes_the_longest(item: AnyItem, order: Sequence[str], rng: random.Random) -> object:
    if isinstance(item, SingleChoice | TrueFalse | MultipleChoice):
        by_length = sorted(item.choices, key=lambda choice: -len(text_of(choice.html)))
        letters = [choice.letter for choice in by_length]
        return sorted(letters[:2]) if isinstance(item, MultipleChoice) else letters[0]
    return guesses(item, order, rng)


def takes_the_shortest(item: AnyItem, order: Sequence[str], rng: random.Random) -> object:
    if isinstance(item, SingleChoice | TrueFalse):
        return min(item.choices, key=lambda choice: len(text_of(choice.html))).letter
    return guesses(item, order, rng)


def takes_the_first(item: AnyItem, order: Sequence[str], rng: random.Random) -> object:
    if isinstance(item, SingleChoice | TrueFalse):
        return order[0]
    if isinstance(item, MultipleChoice):
        return sorted(order[:2])
    if isinstance(item, Ordering):
        return [int(rank) for rank in order]
    if isinstance(item, Matching):
        return [int(order[0])] * len(item.pairs)
    if isinstance(item, Cloze):
        public = items.public(item, order)
        return [gap.options[0] if gap.options else "?" for gap in public.gaps]
    return "?"


def guesses(item: AnyItem, order: Sequence[str], rng: random.Random) -> object:
    if isinstance(item, SingleChoice | TrueFalse):
        return rng.choice(item.choices).letter
    if isinstance(item, MultipleChoice):
        return sorted(choice.letter for choice in item.choices if rng.random() < 0.5)
    if isinstance(item, Ordering):
        return [int(rank) for rank in rng.sample(order, len(order))]
    if isinstance(item, Matching):
        return [rng.randint(1, len(item.rights)) for _ in item.pairs]
    if isinstance(item, Cloze):
        public = items.public(item, order)
        return [rng.choice(gap.options) if gap.options else "?" for gap in public.gaps]
    return "?"


def passes(module: CompiledModule, corps: str, guess: Guess, rng: random.Random) -> bool:
    """Take the quiz once, one way."""
    drawn = draw(module, corps, seen={}, seed=rng.randrange(2**32))
    asked = items_of(module, drawn)
    earned = sum(
        items.credit(item, guess(item, one["order"], rng)) * item.points
        for item, one in zip(asked, drawn, strict=True)
    )
    return earned * 100 >= sum(item.points for item in asked) * (module.pass_mark or 80)


@every_text
def test_who_knows_passes_and_who_guesses_does_not(slug: str, language: str) -> None:
    module, rng = module_of(slug, language), random.Random(434)
    for corps in module.audience:
        assert all(passes(module, corps, knows, rng) for _ in range(10))
        for guess in (takes_the_longest, takes_the_shortest, takes_the_first, guesses):
            passed = sum(passes(module, corps, guess, rng) for _ in range(DRAWS))
            assert Fraction(passed, DRAWS) < MOST_PASSED, (corps, guess.__name__, passed)


@every_text
def test_a_menu_does_not_give_itself_away(slug: str, language: str) -> None:
    firsts = [
        gap.options.index(accepted.accepted[0]) / (len(gap.options) - 1)
        for item in module_of(slug, language).every_item()
        if isinstance(item, Cloze)
        for gap, accepted in zip(items.public(item).gaps, item.gaps, strict=True)
        if gap.options
    ]
    assert not firsts or 0.1 < sum(firsts) / len(firsts) < 0.9


@every_module
def test_draws_name_banks_and_nothing_else_is_graded_twice(slug: str) -> None:
    module = module_of(slug)
    assert module.evaluation is not None
    draws = [item for item in module.evaluation.items() if isinstance(item, Draw)]
    assert draws
    assert {one.bank for one in draws} <= set(module.banks)
