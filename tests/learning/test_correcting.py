"""An answer is marked again by a corrected key only where its question is still the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.dialect import items
from app.dialect.compiled import (
    Choice,
    Cloze,
    CompiledModule,
    Gap,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Pair,
    Row,
    ShortAnswer,
    SingleChoice,
    Step,
    TrueFalse,
)
from app.dialect.compiled import Question as Asked
from app.learning.correcting import Correction, find_corrections
from app.learning.scoring import credit

LETTERS = "abcd"
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The machine may be busy: how long an example takes says nothing."""


def single(right: str, *, texts: str = LETTERS, stem: str = "Que faire ?", id: str = "q") -> Any:
    choices = [
        Choice(letter=letter, html=f"Texte {text}", credit=100 * (letter == right))
        for letter, text in zip(LETTERS, texts, strict=False)
    ]
    return SingleChoice(id=id, title="Q", stem=stem, choices=tuple(choices))


def module(*asked: Any) -> CompiledModule:
    blocks = tuple(Asked(item=item) for item in asked)
    return CompiledModule(
        slug="m", language="fr", title="M", minutes=1, audience=("pn",), skills=(),
        evaluation=Step(id="e", title="E", blocks=blocks),
    )  # fmt: skip


def corrected(*states: Any, kinds: tuple[str, ...] = ()) -> list[Correction | None]:
    """Give the correction that the last state makes in each of those before it."""
    *before, last = states
    kinds = kinds or ("substantial",) * len(before)
    stages = [(kind, module(one)) for kind, one in zip(kinds, before, strict=True)]
    return [found.get("q") for found in find_corrections(stages, module(last))]


def test_a_changed_key_is_followed_and_gives_or_takes_points() -> None:
    (one,) = corrected(single("a"), single("b"))
    assert one is not None
    assert [one.gain(letter) for letter in "abc"] == [-1, 1, 0]
    assert one.gain(None) == 0


def test_the_same_key_corrects_nothing() -> None:
    assert corrected(single("a"), single("a")) == [None]


def test_choices_that_only_moved_keep_their_key() -> None:
    assert corrected(single("a", texts="abcd"), single("b", texts="badc")) == [None]


def test_a_choice_that_moved_is_still_the_one_that_was_chosen() -> None:
    (one,) = corrected(single("a", texts="abcd"), single("a", texts="badc"))
    assert one is not None  # « Texte b » is right now; it was b, it is called a.
    assert [one.credit(letter) for letter in LETTERS] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    "other",
    [
        single("b", stem="Que ne faut-il pas faire ?"),
        single("b", texts="abcx"),
        single("b", texts="abc"),
        TrueFalse(id="q", title="Q", stem="Que faire ?", choices=single("b").choices),
        single("b", id="autre"),
    ],
)
def test_a_question_asked_otherwise_is_another_one(other: Any) -> None:
    assert corrected(single("a"), other) == [None]


def test_a_question_is_followed_through_a_wording_that_its_author_called_editorial() -> None:
    states = [single("a", stem="Que faire?"), single("a"), single("b")]
    assert [one is not None for one in corrected(*states, kinds=("substantial", "editorial"))] == [
        True, True,
    ]  # fmt: skip
    assert [one is not None for one in corrected(*states, kinds=("editorial", "substantial"))] == [
        False, True,
    ]  # fmt: skip


def test_a_key_that_comes_back_corrects_only_what_was_asked_between() -> None:
    found = corrected(single("a"), single("b"), single("a"), kinds=("substantial", "erratum"))
    assert [one is not None for one in found] == [False, True]


def test_what_the_glossary_marks_does_not_make_another_question() -> None:
    marked = single("b", stem='Que <span data-term="faire">faire</span> ?')
    assert corrected(single("a"), marked) != [None]


def test_a_module_that_loses_the_question_corrects_nothing() -> None:
    assert find_corrections([("substantial", module(single("a")))], module()) == [{}]


def test_only_the_questions_asked_for_are_looked_at() -> None:
    stages = [("substantial", module(single("a"), single("a", id="r")))]
    later = module(single("b"), single("b", id="r"))
    assert [set(one) for one in find_corrections(stages, later)] == [{"q", "r"}]
    assert [set(one) for one in find_corrections(stages, later, ["r"])] == [{"r"}]


def ordering(rows: str) -> Ordering:
    return Ordering(id="q", title="Q", rows=tuple(Row(html=row) for row in rows))


def test_rows_are_followed_by_their_texts() -> None:
    (one,) = corrected(ordering("xyz"), ordering("yxz"))
    assert one is not None
    assert one.credit([2, 1, 3]) == 1
    assert one.credit([1, 2, 3]) == credit(ordering("xyz"), [2, 1, 3])
    assert one.credit([]) == 0


def matching(rights: str, *pairs: tuple[str, int]) -> Matching:
    sides = tuple(Pair(html=html, right=right) for html, right in pairs)
    return Matching(id="q", title="Q", pairs=sides, rights=tuple(rights))


def test_both_sides_of_a_pair_are_followed_by_their_texts() -> None:
    before = matching("xyz", ("l", 1), ("m", 2), ("n", 3))
    after = matching("yxz", ("l", 1), ("m", 2), ("n", 3))  # l → y, m → x
    (one,) = corrected(before, after)
    assert one is not None
    assert one.credit([2, 1, 3]) == 1
    assert one.credit([1, 2, 3]) == Fraction(1, 3)
    assert one.credit([2, 0, 0]) == Fraction(1, 3)
    assert corrected(before, matching("zyx", ("l", 3), ("m", 2), ("n", 1))) == [None]


def test_what_was_typed_is_marked_by_the_answers_accepted_now() -> None:
    def word(*accepted: str) -> ShortAnswer:
        choices = [Choice(letter=x, html=x, text=x, credit=100) for x in accepted]
        return ShortAnswer(id="q", title="Q", choices=tuple(choices))

    (one,) = corrected(word("mesure"), word("mesure", "retenue"))
    assert one is not None
    assert (one.gain("Retenue."), one.gain("mesure"), one.gain("autre")) == (1, 0, 0)
    (one,) = corrected(
        Number(id="q", title="Q", answer="48", shown="48"),
        Number(id="q", title="Q", answer="72", shown="72"),
    )
    assert one is not None
    assert (one.gain("72"), one.gain("48")) == (1, -1)


def test_a_menu_is_the_same_while_it_offers_the_same_words() -> None:
    def cloze(accepted: str, *decoys: str) -> Cloze:
        gap = Gap(accepted=(accepted,), decoys=decoys)
        return Cloze(id="q", title="Q", pieces=("Elle est ", "."), gaps=(gap,))

    (one,) = corrected(cloze("juste", "rapide"), cloze("rapide", "juste"))
    assert one is not None
    assert (one.gain(["rapide"]), one.gain(["juste"])) == (1, -1)
    assert corrected(cloze("juste", "rapide"), cloze("rapide", "lente")) == [None]


@CALM
@given(
    before=st.permutations(LETTERS), after=st.permutations(LETTERS),
    old=st.sets(st.sampled_from(LETTERS), min_size=1),
    new=st.sets(st.sampled_from(LETTERS), min_size=1),
    chosen=st.sets(st.sampled_from(LETTERS)),
)  # fmt: skip
def test_letters_never_matter_only_what_they_stand_for(
    before: list[str], after: list[str], old: set[str], new: set[str], chosen: set[str]
) -> None:
    """`old` and `new` are the texts that are right; `chosen` those that were ticked."""

    def multiple(texts: list[str], right: set[str]) -> MultipleChoice:
        choices = [
            Choice(letter=letter, html=text, credit=100 * (text in right))
            for letter, text in zip(LETTERS, texts, strict=True)
        ]
        return MultipleChoice(id="q", title="Q", choices=tuple(choices))

    def ticked(texts: list[str]) -> list[str]:
        return sorted(x for x, text in zip(LETTERS, texts, strict=True) if text in chosen)

    one, other = multiple(before, old), multiple(after, new)
    (found,) = corrected(one, other)
    assert (found is None) == (old == new)
    if found is not None:
        assert found.credit(ticked(before)) == credit(other, ticked(after))
        assert found.gain(ticked(before)) == credit(other, ticked(after)) - credit(
            one, ticked(before)
        )


@CALM
@given(st.permutations("wxyz"), st.permutations("wxyz"), st.permutations("wxyz"))
def test_an_order_is_worth_what_its_texts_are_worth(
    before: list[str], after: list[str], placed: list[str]
) -> None:
    one, other = ordering("".join(before)), ordering("".join(after))
    (found,) = corrected(one, other)
    value = [before.index(text) + 1 for text in placed]
    again = [after.index(text) + 1 for text in placed]
    assert (found is None) == (before == after)
    if found is not None:
        assert found.credit(value) == items.credit(other, again)
