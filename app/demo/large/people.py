"""Who works in the large organisation: names, places, grades, arrivals, moves and departures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.demo.grades import Grade, draw_grade
from app.demo.large.tree import Place
from app.demo.names import FAMILY, GIVEN

ARRIVED_LATELY, MOVED, LEFT = 0.06, 0.08, 0.04
WITHOUT_MAIL = 5
"""One in so many has no address."""
YEARS = 700
"""Days that the record goes back."""


@dataclass(frozen=True, slots=True)
class Post:
    """A place held from a day to a day; ``rank`` is that of its unit."""

    rank: int
    corps: str
    grade: Grade
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the large organisation."""

    matricule: str
    given_name: str
    family_name: str
    arrived_on: date
    left_on: date | None
    posts: tuple[Post, ...]
    email: str | None


def draw_members(
    random: Random, places: Sequence[Place], numbers: range, *, today: date
) -> Iterator[Member]:
    """Draw people; homonyms are as common as in any such crowd."""
    for number in numbers:
        lately = random.random() < ARRIVED_LATELY
        back = random.randrange(1, YEARS) if lately else random.randrange(YEARS + 60, 9000)
        arrived_on = today - timedelta(days=back)
        leaves = not lately and random.random() < LEFT
        left_on = today - timedelta(days=random.randrange(1, YEARS - 100)) if leaves else None
        yield Member(
            f"U{number:07}", random.choice(GIVEN), random.choice(FAMILY).replace("-", " ", 1),
            arrived_on, left_on, draw_posts(random, places, arrived_on, today),
            f"u{number:07}@valdore.example" if number % WITHOUT_MAIL else None,
        )  # fmt: skip


def draw_posts(
    random: Random, places: Sequence[Place], arrived_on: date, today: date
) -> tuple[Post, ...]:
    """Draw where someone works, and where before."""
    # The later of two: most work at the bottom of the tree, and units differ in size.
    rank = max(random.randrange(1, len(places)), random.randrange(1, len(places)))
    corps = places[rank].corps
    grade = draw_grade(random, corps)
    if random.random() >= MOVED or (today - arrived_on).days < 60:
        return (Post(rank, corps, grade, arrived_on),)
    moved_on = today - timedelta(days=random.randrange(1, min((today - arrived_on).days, YEARS)))
    # The unit that many ranks before is another one, often of the same corps and level.
    before = max(rank - random.randrange(1, 40), 1)
    old_corps = places[before].corps
    old_grade = grade if old_corps == corps else draw_grade(random, old_corps)
    return (
        Post(before, old_corps, old_grade, arrived_on, moved_on),
        Post(rank, corps, grade, moved_on),
    )
