"""Bring an agent to a point of a published module, by the services that the pages call."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from flask import Flask

from app.catalogue.library import load
from app.database import utc_now, write
from app.demo.answering import answer
from app.dialect.compiled import AnyItem, CompiledModule, Dilemma, Question, Step, sees
from app.dialect.items import read_value
from app.extensions import db
from app.learning.queries.attempts import Sitting, find_sitting
from app.learning.queries.places import Place, find_place
from app.learning.services import attempts, enrolments, practice, submission
from app.learning.services.enrolments import Pin

PASS_MARK = 80


class Student:
    """An agent in a module; each act takes one more minute, and all were some hours ago."""

    def __init__(self, app: Flask, agent_id: int, slug: str, corps: str) -> None:
        self.app = app
        self.agent_id = agent_id
        self.slug = slug
        self.corps = corps
        self.clock = utc_now() - timedelta(hours=3)
        self.count = 0
        self.act(enrolments.enrol, slug=slug, now=self.now())

    def now(self) -> datetime:
        """Let a minute pass."""
        self.clock += timedelta(minutes=1)
        return self.clock

    def token(self) -> str:
        """Give a token that was not used."""
        self.count += 1
        return f"prepared-{self.count:04}"

    def act(self, service: Any, **values: Any) -> Any:
        """Run a service for this agent in a transaction of its own."""
        with self.app.app_context():
            return write(service, agent_id=self.agent_id, **values)

    def place(self) -> Place:
        """Tell where the agent stands."""
        with self.app.app_context():
            place = find_place(db.session, agent_id=self.agent_id, slug=self.slug)
        assert place is not None
        return place

    def module(self) -> CompiledModule:
        """Give the module as the agent's place pins it."""
        with self.app.app_context():
            return load(db.session, self.place().version_id, "fr")

    def at(self) -> dict[str, Any]:
        """Name the place where an act happens, and its time."""
        place = self.place()
        pin = Pin(place.version_id, place.corps or self.corps)
        return {"enrolment_id": place.enrolment_id, "pin": pin, "now": self.now()}

    def read_all(self) -> None:
        """Read every step."""
        for step in self.module().steps_for(self.place().corps or self.corps):
            self.read(step)

    def read(self, step: Step) -> None:
        """Walk the dilemmas of a step and move on from it."""
        dilemmas = [item for item in self.met(step) if isinstance(item, Dilemma)]
        for dilemma in dilemmas:
            self.walk(dilemma)
        self.act(enrolments.move_on, step_id=step.id, dilemmas=dilemmas, **self.at())

    def met(self, step: Step) -> list[AnyItem]:
        """List the items that the agent meets in a step."""
        return [
            block.item
            for block in step.shown_to(self.corps)
            if isinstance(block, Question) and sees(block.item.corps, self.corps)
        ]

    def walk(self, dilemma: Dilemma) -> None:
        """Take the last way on from each scene until the story ends."""
        scene = dilemma.opening
        while scene.choices:
            value = read_value(dilemma, [scene.id, str(len(scene.choices))])
            self.act(practice.keep, item=dilemma, value=value, token=self.token(), **self.at())
            found = dilemma.scene(scene.choices[-1].to)
            assert found is not None
            scene = found

    def start(self) -> int:
        """Open an attempt."""
        place = self.place()
        return int(
            self.act(
                attempts.start_attempt, enrolment_id=place.enrolment_id,
                version_id=place.version_id, module=self.module(), pass_mark=PASS_MARK,
                now=self.now(),
            )
        )  # fmt: skip

    def sitting(self, attempt_id: int) -> Sitting:
        """Find an attempt."""
        with self.app.app_context():
            sitting = find_sitting(
                db.session, agent_id=self.agent_id, slug=self.slug, attempt_id=attempt_id
            )
        assert sitting is not None
        return sitting

    def answer(self, attempt_id: int, item_id: str, *, rightly: bool = True) -> None:
        """Answer an item, of whatever type."""
        item = self.module().item(item_id)
        assert item is not None
        self.act(
            attempts.save_answer, attempt_id=attempt_id, item_id=item_id, token=self.token(),
            value=answer(Random(item_id), item, 1 if rightly else 0), now=self.now(),
        )  # fmt: skip

    def submit(self, attempt_id: int, *, blank: int = 0) -> bool:
        """Hand an attempt in."""
        return bool(
            self.act(
                submission.submit, attempt_id=attempt_id, module=self.module(), confirmed=blank,
                default_months=36, now=self.now(),
            )
        )  # fmt: skip
