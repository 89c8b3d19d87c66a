"""Four hundred agents: who they are, where they serve, and where they served before."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.access import Role
from app.demo.accounts import ACCOUNTS, AccountPlan
from app.demo.grades import Grade, draw_grade, find_grade, grade_before, head_grade
from app.demo.names import draw_names
from app.demo.organisation import UNITS, UnitPlan

MOVED_SHARE, PROMOTED_SHARE, NEWCOMER_SHARE = 0.07, 0.05, 0.09


@dataclass(frozen=True, slots=True)
class Posting:
    """A unit and a grade, from a day to a day; the last posting has no end."""

    unit: UnitPlan
    grade: Grade
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """An agent to make."""

    matricule: str
    given_name: str
    family_name: str
    email: str | None
    corps: str
    postings: tuple[Posting, ...]
    roles: tuple[tuple[Role, str], ...] = ()
    """Each role with the code of the unit over which it is held."""

    @property
    def arrived_on(self) -> date:
        """Give the first day of the first posting."""
        return self.postings[0].starts_on

    @property
    def is_account(self) -> bool:
        """Tell whether the person's account opens the demonstration."""
        return any(account.matricule == self.matricule for account in ACCOUNTS)

    @property
    def unit(self) -> UnitPlan:
        """Give today's unit."""
        return self.postings[-1].unit

    def posting_on(self, day: date) -> Posting:
        """Give the posting of a day; the first one for a day before it."""
        before = [posting for posting in self.postings if posting.starts_on <= day]
        return before[-1] if before else self.postings[0]


def draw_people(random: Random, today: date) -> list[Person]:
    """Draw everyone: the demonstration's accounts first, then unit by unit, heads first."""
    people = [draw_account(random, account, today) for account in ACCOUNTS]
    taken = {(person.given_name, person.family_name) for person in people}
    names = (name for name in draw_names(random, 420) if name not in taken)
    number = iter(random.sample(range(104_000, 998_000), 420))
    for unit in UNITS:
        accounts = [account for account in ACCOUNTS if account.unit_code == unit.code]
        led = any(Role.SUPERVISOR in account.roles for account in accounts)
        for rank in range(unit.staff - len(accounts)):
            is_head = rank == 0 and not led
            given, family = next(names)
            grade = (
                head_grade(unit.corps, unit.level) if is_head else draw_grade(random, unit.corps)
            )
            people.append(
                Person(
                    f"{unit.corps.upper()}{next(number)}",
                    given,
                    family,
                    address(given, family) if is_head or random.random() < 0.6 else None,
                    unit.corps,
                    tuple(draw_postings(random, unit, grade, today, settled=is_head)),
                    tuple(head_roles(unit)) if is_head else (),
                )
            )
    return people


def draw_account(random: Random, account: AccountPlan, today: date) -> Person:
    """Draw the person behind an account."""
    unit = next(unit for unit in UNITS if unit.code == account.unit_code)
    grade = find_grade(unit.corps, account.grade)
    return Person(
        account.matricule,
        account.given_name,
        account.family_name,
        address(account.given_name, account.family_name),
        unit.corps,
        tuple(draw_postings(random, unit, grade, today, settled=True)),
        tuple((role, account.over) for role in account.roles),
    )


def head_roles(unit: UnitPlan) -> Iterator[tuple[Role, str]]:
    """Give the head of a unit their roles: supervisor, and HR's figures for the head of a corps."""
    yield Role.SUPERVISOR, unit.code
    if unit.level == 2:
        yield Role.HR_READER, unit.code
    if unit.code == "PN-FOR":
        yield Role.REVIEWER, "VALDORE"


def draw_postings(
    random: Random, unit: UnitPlan, grade: Grade, today: date, *, settled: bool
) -> Iterator[Posting]:
    """Draw a career: most have one posting; some moved, some rose, some have just arrived."""
    fate = 1.0 if settled else random.random()
    if fate < NEWCOMER_SHARE:
        yield Posting(unit, grade, today - timedelta(days=random.randint(8, 330)))
        return
    arrived = today - timedelta(days=random.randint(500, 9000))
    changed = today - timedelta(days=random.randint(20, 360))
    lower = grade_before(grade, unit.corps)
    if fate < NEWCOMER_SHARE + MOVED_SHARE:
        elsewhere = [u for u in UNITS if u.corps == unit.corps and u is not unit and u.staff > 4]
        yield Posting(random.choice(elsewhere), grade, arrived, changed)
        yield Posting(unit, grade, changed)
    elif fate < NEWCOMER_SHARE + MOVED_SHARE + PROMOTED_SHARE and lower is not grade:
        yield Posting(unit, lower, arrived, changed)
        yield Posting(unit, grade, changed)
    else:
        yield Posting(unit, grade, arrived)


def address(given: str, family: str) -> str:
    """Write a mail address in a domain that cannot exist."""
    plain = unicodedata.normalize("NFD", f"{given}.{family}".lower())
    letters = (char for char in plain.replace(" ", "-") if not unicodedata.combining(char))
    return "".join(letters).replace("’", "") + "@valdore.example"
