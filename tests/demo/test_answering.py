"""Fictional agents answer every type of item as the pages would send it."""

from __future__ import annotations

from random import Random

import pytest

from app.demo.answering import answer, vote
from app.dialect import items
from app.dialect.compiled import AnyItem, Poll
from tests.dialect.test_credits import EVERY, ticked


@pytest.mark.parametrize("item", EVERY, ids=lambda item: type(item).__name__)
def test_who_knows_is_right_and_who_does_not_is_not(item: AnyItem) -> None:
    random = Random(7)
    for _ in range(20):
        order = items.default_order(item, random)
        right, wrong = answer(random, item, 1), answer(random, item, 0)
        assert items.credit(item, right) == 1
        assert items.credit(item, wrong) < 1
        for value in (right, wrong):
            assert items.read_value(item, items.raw_of(item, value, order), order) == value


def test_what_has_no_right_answer_is_refused_and_a_poll_is_voted_on() -> None:
    poll = ticked(Poll, "", "abc")
    with pytest.raises(TypeError):
        answer(Random(1), poll, 1)
    assert isinstance(poll, Poll)
    assert {vote(Random(seed), poll) for seed in range(20)} == {"a", "b", "c"}
