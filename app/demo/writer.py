"""Write the journeys of people through their modules: those asked for, and those they choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.demo.accounts import FIRST
from app.demo.agenda import FOCUS
from app.demo.calendar import at, working_day, working_moment
from app.demo.duties import Duty, quota
from app.demo.journeys import Journey, Owed, Reached
from app.demo.pacing import Diary, draw_end, spread
from app.demo.studying import Edition, Student
from app.demo.workforce import Person

EARLY_SHARE, CHOSEN_SHARE = 0.05, 0.07
"""How many take a module before they are asked to, and how many one that nobody asks for."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Task:
    """What a campaign adds to one person's modules."""

    person: Person
    owed: Owed
    slugs: tuple[str, ...]


class Writer:
    """Writes journeys, campaign by campaign and unit by unit."""

    def __init__(
        self,
        random: Random,
        today: date,
        editions: Mapping[str, Sequence[Edition]],
        pass_mark: int,
    ) -> None:
        self.random = random
        self.today = today
        self.editions = editions
        self.pass_mark = pass_mark
        self.diary = Diary(today - ONE_DAY)
        self.delays: dict[str, float] = defaultdict(random.random)
        """How much each person tends to put off, from 0 to 1: much the same in every campaign."""
        self.journeys: list[Journey] = []

    def tell(self, duty: Duty, tasks: Sequence[Task]) -> None:
        """Write what the audience of a campaign did with it."""
        crews: dict[str, list[Task]] = defaultdict(list)
        for task in tasks:  # Few in a unit lead: they are counted by corps.
            person = task.person
            crews[person.corps if duty.grades else person.unit.code].append(task)
        for crew in crews.values():
            others = sorted((one for one in crew if not one.person.is_account), key=self.rank)
            share = self.random.uniform(*duty.done)
            unit = crew[0].person.unit
            done = quota(unit, len(others), share, keeps_one=duty.is_recent)
            for rank, task in enumerate(others):
                self.take(task, is_done=rank < done)
            for task in crew:
                if task.person.is_account:
                    self.take_account(task)

    def rank(self, task: Task) -> tuple[bool, float]:
        """Rank someone in their crew: those who have just arrived last, then who puts off most."""
        has_just_arrived = task.owed.since > self.today - timedelta(days=25)
        return has_just_arrived, self.delays[task.person.matricule] + self.random.uniform(0, 0.12)

    def draw_reached(self) -> Reached:
        """Draw how far someone who is not done has gone."""
        stages = (Reached.ENROLLED, Reached.READING, Reached.READ, Reached.FAILED, Reached.SITTING)
        return self.random.choices(stages, (48, 34, 7, 7, 4))[0]

    def take_account(self, task: Task) -> None:
        """Write what an account did: all is done, but for one module that the first resumes."""
        if task.person.matricule != FIRST or FOCUS not in task.slugs:
            self.take(task, is_done=True)
            return
        for slug in task.slugs:
            journey = self.enrol(task, slug)
            if slug == FOCUS:
                begins = at(self.today - timedelta(days=2), 10, 12)
                student = self.student(journey, begins)
                student.begin(begins)
                student.read(student.steps[0])

    def take(self, task: Task, *, is_done: bool) -> None:
        """Write a person's way through what a campaign asks: one module after the other."""
        is_early = self.random.random() < EARLY_SHARE
        journeys = [self.enrol(task, slug, early=is_early and slug == task.slugs[0])
                    for slug in task.slugs]  # fmt: skip
        first, due = journeys[0].enrolled_at.date() + ONE_DAY, task.owed.due_on
        if journeys[0].is_own and len(journeys) == 1:
            due = task.owed.since
        end = draw_end(self.random, first, due, last=self.diary.last, late=not is_done)
        if end is None:
            return
        reached = [Reached.COMPLETED] * len(journeys)
        if not is_done:
            count = self.random.randrange(len(journeys))
            reached = [*reached[:count], self.draw_reached()]
        # Time for each of them, on days of their own.
        end = min(max(end, first + len(reached) * 2 * ONE_DAY), self.diary.last)
        days = spread(self.random, first, end, len(reached))
        for journey, stage, day in zip(journeys, reached, days, strict=False):
            begun = max(first, journey.enrolled_at.date() + ONE_DAY)
            if begun > self.diary.last:
                return
            first = self.study(journey, stage, begun, max(begun, day)) + ONE_DAY

    def choose(self, person: Person, slugs: Sequence[str]) -> None:
        """Write the journeys of someone through modules that nobody asks of them; few are taken."""
        latest = self.today - timedelta(days=12)
        for slug in slugs:
            came = self.editions[slug][0].published_at.date()
            earliest = max(came + timedelta(days=6), person.arrived_on + timedelta(days=3))
            if person.is_account or self.random.random() >= CHOSEN_SHARE or earliest > latest:
                continue
            first = earliest + timedelta(days=self.random.randint(0, (latest - earliest).days))
            moment = working_moment(self.random, first, person.corps)
            journey = Journey(person, slug, None, is_own=True, enrolled_at=moment)
            self.journeys.append(journey)
            is_done = self.random.random() < 0.72
            reached = Reached.COMPLETED if is_done else self.draw_reached()
            first += ONE_DAY
            self.study(journey, reached, first, first + timedelta(days=self.random.randint(0, 9)))

    def study(self, journey: Journey, reached: Reached, first: date, day: date) -> date:
        """Let someone work, all on one day or from some days before; tell the last day."""
        person = journey.person
        corps, matricule = person.corps, person.matricule
        day = max(first, working_day(self.random, min(day, self.diary.last), corps))
        day = self.diary.find_free(matricule, day, first=first)
        begins = ends = working_moment(self.random, day, corps)
        self.diary.take(matricule, day)
        earlier = max(first, day - timedelta(days=self.random.randint(1, 9)))
        if self.random.random() < 0.3 and self.diary.is_free(matricule, earlier):
            begins = working_moment(self.random, earlier, corps)
            self.diary.take(matricule, earlier)
        self.student(journey, begins).study(reached, begins, ends)
        return day

    def enrol(self, task: Task, slug: str, *, early: bool = False) -> Journey:
        """Enrol someone: by the campaign the morning it concerns them, or by choice before it."""
        person, since = task.person, task.owed.since
        before = since - timedelta(days=self.random.randint(12, 40))
        came = self.editions[slug][0].published_at.date()
        is_own = early and before > max(came, person.arrived_on)
        moment = at(since, 6, 30)
        if is_own:
            moment = working_moment(self.random, before, person.corps)
        journey = Journey(person, slug, task.owed, is_own, moment)
        self.journeys.append(journey)
        return journey

    def student(self, journey: Journey, begins: datetime) -> Student:
        """Open the version in force when someone begins."""
        editions = self.editions[journey.slug]
        in_force = [rank for rank, e in enumerate(editions) if e.published_at <= begins]
        journey.version = in_force[-1] if in_force else 0
        return Student(self.random, journey, editions[journey.version], self.pass_mark)
