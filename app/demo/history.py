"""The year that the organisation lived: who did what, and when, from a seed and a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.demo.accounts import ACCOUNTS, FIRST
from app.demo.calendar import at, working_day, working_moment
from app.demo.duties import Duty, list_duties, quota
from app.demo.journeys import Journey, Reached
from app.demo.studying import Student
from app.demo.workforce import Person, draw_people
from app.dialect.compiled import CompiledModule

SEED = 1789
OWN_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the module, in force from a day."""

    module: CompiledModule
    published_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the demonstration loads, but for the content."""

    today: date
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    journeys: tuple[Journey, ...]


def draw_history(today: date, editions: Sequence[Edition], *, pass_mark: int) -> History:
    """Draw the whole history; the same seed and day give the same one."""
    random = Random(SEED)  # noqa: S311 - a fiction, to be the same each time
    people = draw_people(random, today)
    duties = list_duties(today)
    writer = Writer(random, today, editions, pass_mark)
    for duty in duties:
        writer.tell(duty, [person for person in people if duty.concerns(person)])
    for person in people:
        if not any(duty.concerns(person) for duty in duties):
            writer.volunteer(person)
    journeys = sorted(writer.journeys, key=lambda journey: journey.enrolled_at)
    return History(today, tuple(people), duties, tuple(journeys))


class Writer:
    """Writes the journeys of a campaign, unit by unit."""

    def __init__(
        self, random: Random, today: date, editions: Sequence[Edition], pass_mark: int
    ) -> None:
        self.random = random
        self.today = today
        self.editions = editions
        self.pass_mark = pass_mark
        self.journeys: list[Journey] = []

    def tell(self, duty: Duty, people: Sequence[Person]) -> None:
        """Write what the audience of a campaign did with it."""
        by_unit: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            by_unit[person.unit.code].append(person)
        for crew in by_unit.values():
            others = [person for person in crew if not is_account(person)]
            self.random.shuffle(others)
            # Those who have been asked for long come before those who have just arrived.
            others.sort(key=lambda person: duty.since(person) > self.today - timedelta(days=25))
            done = quota(crew[0].unit, len(others), self.random.uniform(*duty.done))
            for rank, person in enumerate(others):
                self.take(duty, person, Reached.COMPLETED if rank < done else self.draw_reached())
            for person in crew:
                if is_account(person):
                    self.take_account(duty, person)

    def draw_reached(self) -> Reached:
        """Draw how far someone who is not done has gone."""
        stages = (Reached.ENROLLED, Reached.READING, Reached.READ, Reached.FAILED, Reached.SITTING)
        return self.random.choices(stages, (48, 34, 7, 7, 4))[0]

    def take_account(self, duty: Duty, person: Person) -> None:
        """Write the journey of an account: the agent has one to resume, the others are done."""
        if person.matricule != FIRST:
            self.take(duty, person, Reached.COMPLETED)
            return
        journey = self.enrol(duty, person)
        begins = at(self.today - timedelta(days=2), 10, 12)
        student = self.student(journey, begins)
        journey.started_at = student.clock.now = begins
        student.read(student.steps[0])

    def take(self, duty: Duty, person: Person, reached: Reached) -> None:
        """Write the journey of a person, up to a stage."""
        journey = self.enrol(duty, person, early=self.random.random() < OWN_SHARE)
        first = journey.enrolled_at.date() + timedelta(days=1)
        due = duty.opens_on if journey.is_own else duty.due_for(person)
        day = self.draw_end(first, due, late=reached is not Reached.COMPLETED)
        if day is not None:
            self.study(journey, reached, first, day)

    def volunteer(self, person: Person) -> None:
        """Write the journey of someone who takes the module though nobody asks; not all do."""
        first = person.arrived_on + timedelta(days=3)
        if self.random.random() < 0.5 or first > self.today - timedelta(days=20):
            return
        journey = Journey(person, None, True, working_moment(self.random, first, person.corps))
        self.journeys.append(journey)
        first += timedelta(days=1)
        self.study(journey, Reached.COMPLETED, first, first + timedelta(days=6))

    def study(self, journey: Journey, reached: Reached, first: date, day: date) -> None:
        """Let someone work, all on one day or from some days before."""
        corps = journey.person.corps
        day = max(first, working_day(self.random, day, corps))
        begins = ends = working_moment(self.random, day, corps)
        if self.random.random() < 0.3:
            earlier = max(first, day - timedelta(days=self.random.randint(1, 9)))
            begins = min(ends, working_moment(self.random, earlier, corps))
        self.student(journey, begins).study(reached, begins, ends)

    def enrol(self, duty: Duty, person: Person, *, early: bool = False) -> Journey:
        """Enrol someone: by the campaign the morning it concerns them, or by choice before it."""
        since = duty.since(person)
        moment = at(since, 6, 30)
        before = since - timedelta(days=self.random.randint(12, 40))
        is_own = early and before > person.arrived_on
        if is_own:
            moment = working_moment(self.random, before, person.corps)
        journey = Journey(person, duty, is_own, moment)
        self.journeys.append(journey)
        return journey

    def student(self, journey: Journey, begins: datetime) -> Student:
        """Open the version in force when someone begins."""
        in_force = [rank for rank, e in enumerate(self.editions) if e.published_at <= begins]
        journey.version = in_force[-1] if in_force else 0
        module = self.editions[journey.version].module
        return Student(self.random, journey, module, self.pass_mark)

    def draw_end(self, first: date, due: date, *, late: bool) -> date | None:
        """Draw the day someone is done, or stops: over the delay, with a rush at its end."""
        last = self.today - timedelta(days=1)
        if last <= first:
            return None
        due = max(due, first + timedelta(days=10))
        span = (min(due, last) - first).days
        if due > last:  # Under way: more of them each week, as the date comes near.
            days = self.random.betavariate(1.9, 1.1) * span
        elif self.random.random() < 0.62:
            days = self.random.betavariate(1.7, 2.4) * span
        else:
            days = span + self.random.triangular(-18, 25 if late else 14, -2)
        return min(max(first, first + timedelta(days=round(days))), last)


def is_account(person: Person) -> bool:
    """Tell whether a person opens the demonstration."""
    return any(person.matricule == account.matricule for account in ACCOUNTS)
