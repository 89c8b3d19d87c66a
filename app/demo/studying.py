"""Take one agent through a module, minute by minute, by the rules of learning itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from app.demo.abilities import ability_of, chance, difficulty_of
from app.demo.answering import answer, vote, walk
from app.demo.calendar import Clock
from app.demo.journeys import AnswerMade, Journey, Reached, Sitting
from app.dialect.compiled import (
    AnyItem,
    CompiledModule,
    Dilemma,
    Poll,
    Reflection,
    Step,
    sees,
)
from app.learning.drawing import draw
from app.learning.scoring import score

GAINED = 0.9
"""What reading again adds to an ability, in logits."""
UNREADY = -2.5
"""What somebody lacks who sits the quiz too soon."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A version of a module, in force from a day."""

    module: CompiledModule
    published_at: datetime

    @cached_property
    def items(self) -> dict[str, AnyItem]:
        """Map the items by id, once for all who work on them."""
        return {item.id: item for item in self.module.every_item()}

    @cached_property
    def difficulties(self) -> dict[str, float]:
        """Map the items to how much they ask, by id."""
        return {item_id: difficulty_of(self.module.slug, item_id) for item_id in self.items}


class Student:
    """Someone at work on a module, with the hour that passes."""

    def __init__(self, random: Random, journey: Journey, edition: Edition, pass_mark: int) -> None:
        self.random = random
        self.journey = journey
        self.module = edition.module
        self.items, self.difficulties = edition.items, edition.difficulties
        self.corps = journey.person.corps
        self.steps = self.module.steps_for(self.corps)
        self.pass_mark = self.module.pass_mark or pass_mark
        self.ability = ability_of(journey.person.matricule)
        self.clock = Clock(random, journey.enrolled_at)

    def begin(self, moment: datetime) -> None:
        """Open the module: its version and variant are pinned from here on."""
        self.journey.started_at = self.clock.now = moment

    def study(self, reached: Reached, begins: datetime, ends: datetime) -> None:
        """Go as far as ``reached``; the reading begins on one day and the quiz is on another."""
        if reached is Reached.ENROLLED:
            return
        self.begin(begins)
        count = len(self.steps)
        if reached is Reached.READING:
            count = self.random.randint(0, count - 1)
        pause = self.random.randint(1, max(1, count - 1))
        for number, step in enumerate(self.steps[:count]):
            if number == pause and ends - begins > timedelta(hours=5):
                self.clock.now = ends
            self.read(step)
        if reached is Reached.FAILED:
            self.sit(more=UNREADY)
        elif reached is Reached.SITTING:
            self.sit(answers=self.random.randint(2, 6))
        elif reached is Reached.COMPLETED:
            self.persevere()

    def read(self, step: Step) -> None:
        """Read a step, answer what stands in its flow, and move on."""
        for block in step.shown_to(self.corps):
            item = getattr(block, "item", None)
            if item is not None and sees(item.corps, self.corps):
                self.practise(item)
        now = self.clock.pass_minutes(2.5, 8)
        first, _last = self.journey.visits.get(step.id, (now, now))
        self.journey.visits[step.id] = (first, now)

    def practise(self, item: AnyItem) -> None:
        """Walk a dilemma to its end; answer a question, as most people do; write no reflection."""
        values: list[object] = []
        if isinstance(item, Dilemma):
            values = list(walk(self.random, item))
        elif isinstance(item, Poll):
            values = [vote(self.random, item)]
        elif not isinstance(item, Reflection) and self.random.random() < 0.8:
            values = [self.answer(item)]
        for value in values:
            now = self.clock.pass_minutes(0.3, 1.5)
            self.journey.practice.append(AnswerMade(item.id, value, now))

    def answer(self, item: AnyItem, more: float = 0) -> object:
        """Answer an item, as likely rightly as the person's ability makes it."""
        ability, difficulty = self.ability + more, self.difficulties[item.id]
        return answer(self.random, item, chance(ability, difficulty))

    def persevere(self) -> None:
        """Sit the quiz until it is passed, reading again what a failure names."""
        while True:
            sitting = self.sit()
            if sitting.passed:
                self.journey.completed_at = sitting.submitted_at
                return
            assert sitting.score is not None
            named = {self.items[item_id].see for item_id in sitting.score.wrong}
            for step in self.steps:
                if step.id in named:
                    self.read(step)
            self.ability += GAINED

    def sit(self, *, more: float = 0, answers: int | None = None) -> Sitting:
        """Take the quiz; with ``answers``, leave it open after so many."""
        seed = self.random.getrandbits(31)
        seen = Counter(
            asked["item"] for sitting in self.journey.sittings for asked in sitting.drawn
        )
        drawn = draw(self.module, self.corps, seen=seen, seed=seed)
        sitting = Sitting(drawn, seed, self.pass_mark, self.clock.pass_minutes(1, 4))
        for asked in drawn[:answers]:
            value = self.answer(self.items[asked["item"]], more)
            now = self.clock.pass_minutes(0.4, 1.8)
            sitting.answers.append(AnswerMade(asked["item"], value, now))
        if answers is None:
            given = {made.item_id: made.value for made in sitting.answers}
            sitting.score = score([self.items[asked["item"]] for asked in drawn], given)
            sitting.submitted_at = self.clock.pass_minutes(0.2, 1)
        self.journey.sittings.append(sitting)
        return sitting
