from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialect.compiled import Choice, SingleChoice, Step
from app.learning.progress import (
    Refusal,
    Resumption,
    Room,
    measure,
    refusal,
    resume,
    steps_to_reread,
)
from app.learning.validity import valid_until

STEPS = tuple(Step(id=name, title=name.title()) for name in ("one", "two", "three"))
THEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def item(see: str | None) -> SingleChoice:
    choices = (Choice(letter="a", html="a", credit=100), Choice(letter="b", html="b"))
    return SingleChoice(id=f"item-{see}", title="", see=see, choices=choices)


def test_progress_counts_the_steps_that_the_agent_has() -> None:
    progress = measure(STEPS, {"one", "elsewhere"})
    assert (progress.read, progress.total, progress.percent) == (1, 3, 33)
    assert [step.id for step in progress.unread] == ["two", "three"]
    assert not progress.is_all_read


def test_all_read_is_a_hundred_percent_and_nothing_to_read_too() -> None:
    assert measure(STEPS, {"one", "two", "three"}).percent == 100
    assert measure((), set()).percent == 100
    assert measure((), set()).is_all_read


def test_a_step_knows_its_neighbours() -> None:
    progress = measure(STEPS, set())
    assert progress.before("one") is None
    assert progress.after("three") is None
    assert (progress.after("one"), progress.before("three")) == (progress.steps[1],) * 2


def test_the_step_that_follows_is_the_next_one_or_one_that_was_left_out() -> None:
    assert measure(STEPS, set()).following("one") == "two"
    assert measure(STEPS, {"one"}).following("three") == "two"
    assert measure(STEPS, {"one", "two"}).following("three") is None
    assert measure(STEPS, set()).following("three") == "one"


def test_the_step_that_follows_after_a_failed_attempt_is_the_next_to_read_again() -> None:
    progress = measure(STEPS, {"one", "two", "three"})
    assert progress.following("one", (STEPS[0], STEPS[2])) == "three"
    assert progress.following("two", (STEPS[0], STEPS[2])) == "one"
    assert progress.following("two", (STEPS[1],)) is None


@given(st.lists(st.sampled_from([step.id for step in STEPS] + ["gone"])))
def test_progress_never_decreases(visits: list[str]) -> None:
    shares = [measure(STEPS, set(visits[:count])).percent for count in range(len(visits) + 1)]
    assert shares == sorted(shares)
    assert (shares[-1] == 100) == ({step.id for step in STEPS} <= set(visits))


def test_the_steps_named_by_wrong_items_are_to_be_read_again_in_order() -> None:
    wrong = [item("three"), item("one"), item("three"), item(None), item("not-theirs")]
    read = dict.fromkeys(("one", "two", "three"), THEN - timedelta(hours=1))
    again = steps_to_reread(wrong, STEPS, last_read=read, submitted_at=THEN)
    assert [step.id for step in again] == ["one", "three"]


def test_a_step_read_after_the_submission_is_read_again() -> None:
    read = {"one": THEN + timedelta(microseconds=1), "three": THEN}
    again = steps_to_reread([item("one"), item("three")], STEPS, last_read=read, submitted_at=THEN)
    assert [step.id for step in again] == ["three"]
    assert steps_to_reread([item("two")], STEPS, last_read={}, submitted_at=THEN) == (STEPS[1],)


@pytest.mark.parametrize(
    ("read", "again", "completed", "why"),
    [
        (set(), (), False, Refusal.UNREAD),
        ({"one", "two"}, (), False, Refusal.UNREAD),
        ({"one", "two", "three"}, (), False, None),
        ({"one", "two", "three"}, STEPS[:1], False, Refusal.REREAD),
        ({"one", "two"}, STEPS[:1], False, Refusal.UNREAD),
        ({"one", "two", "three"}, (), True, Refusal.COMPLETED),
        (set(), STEPS, True, Refusal.COMPLETED),
    ],
)
def test_the_quiz_opens_when_all_is_read_and_read_again(
    read: set[str], again: tuple[Step, ...], completed: bool, why: Refusal | None
) -> None:
    assert refusal(measure(STEPS, read), to_reread=again, completed=completed) is why


@pytest.mark.parametrize(
    ("read", "attempt", "again", "completed", "place"),
    [
        (set(), None, (), False, Resumption(Room.STEP, step_id="one")),
        ({"one", "three"}, None, (), False, Resumption(Room.STEP, step_id="two")),
        ({"one", "two", "three"}, None, (), False, Resumption(Room.QUIZ)),
        ({"one", "two", "three"}, 7, (), False, Resumption(Room.ATTEMPT, attempt_id=7)),
        ({"one", "two", "three"}, None, STEPS[2:], False, Resumption(Room.STEP, step_id="three")),
        ({"one", "two", "three"}, None, (), True, Resumption(Room.QUIZ)),
    ],
)
def test_a_module_is_taken_up_exactly_where_it_was_left(
    read: set[str],
    attempt: int | None,
    again: tuple[Step, ...],
    completed: bool,
    place: Resumption,
) -> None:
    progress = measure(STEPS, read)
    found = resume(progress, open_attempt=attempt, to_reread=again, completed=completed)
    assert found == place


@pytest.mark.parametrize(
    ("moment", "months", "day"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), 36, date(2029, 11, 23)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), 1, date(2026, 12, 23)),
        (datetime(2026, 12, 31, 9, tzinfo=UTC), 2, date(2027, 2, 28)),
        (datetime(2027, 8, 31, 9, tzinfo=UTC), 6, date(2028, 2, 29)),
        (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), 12, date(2027, 12, 1)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), None, None),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), 0, None),
    ],
)
def test_validity_is_counted_in_months_by_the_calendar_of_paris(
    moment: datetime, months: int | None, day: date | None
) -> None:
    assert valid_until(moment, months) == day
