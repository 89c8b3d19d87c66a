"""The fictional organisation: how many, how deep, how varied, always the same."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from app.access import Corps
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.calendar import snapshot_days
from app.demo.grades import BANDS, GRADES, HEADS, find_grade
from app.demo.organisation import UNITS
from app.demo.workforce import Person, draw_people

TODAY = date(2026, 11, 23)


def people() -> list[Person]:
    return draw_people(Random(3), TODAY)


def test_it_has_sixty_units_on_five_levels_under_one_root() -> None:
    codes = {unit.code for unit in UNITS}
    assert len(UNITS) == len(codes) == 60
    assert len({unit.name for unit in UNITS}) == 60
    assert {unit.level for unit in UNITS} == {1, 2, 3, 4, 5}
    assert [unit.code for unit in UNITS if unit.parent_code is None] == ["VALDORE"]
    assert all(unit.parent_code in codes for unit in UNITS if unit.parent_code)


def test_parents_come_before_their_children() -> None:
    seen: set[str | None] = {None}
    for unit in UNITS:
        assert unit.parent_code in seen
        seen.add(unit.code)


def test_it_has_four_hundred_agents_of_five_corps() -> None:
    drawn = people()
    assert len(drawn) == 400
    assert {person.corps for person in drawn} == set(Corps)
    assert len({person.matricule for person in drawn}) == 400
    assert len({(person.given_name, person.family_name) for person in drawn}) == 400
    assert Counter(person.unit.code for person in drawn) == {
        unit.code: unit.staff for unit in UNITS if unit.staff
    }


def test_every_grade_belongs_to_its_corps_and_band() -> None:
    assert set(GRADES) == set(HEADS) == set(Corps)
    for corps, grades in GRADES.items():
        assert {grade.category for grade in grades} == set(BANDS)
        for name in HEADS[corps]:
            assert find_grade(corps, name) in grades
    for person in people():
        assert all(posting.grade in GRADES[person.corps] for posting in person.postings)


def test_careers_have_no_gap_and_one_current_posting() -> None:
    moved = 0
    for person in people():
        *past, last = person.postings
        assert last.ends_on is None
        assert last.starts_on < TODAY
        moved += bool(past)
        for before, after in zip(person.postings, person.postings[1:], strict=False):
            assert before.starts_on < before.ends_on == after.starts_on  # type: ignore[operator]
        assert person.posting_on(date(1900, 1, 1)) is person.postings[0]
    assert 15 < moved < 90


def test_the_same_seed_gives_the_same_people() -> None:
    assert people() == people()


def test_accounts_are_six_with_a_long_password() -> None:
    assert [account.matricule for account in ACCOUNTS] == [
        "demo-agent",
        "demo-encadrant",
        "demo-formateur",
        "demo-relecteur",
        "demo-rh",
        "demo-admin",
    ]
    assert len(PASSWORD) >= 16


def test_figures_are_kept_by_month_then_by_week_up_to_today() -> None:
    for day in (TODAY, date(2027, 1, 1), date(2028, 2, 29)):
        days = snapshot_days(day)
        assert days == sorted(days)
        assert days[-1] == day
        assert (day - days[0]).days > 300
