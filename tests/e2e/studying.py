"""Bring an agent of the demonstration to a point of the module, by the services of the pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.access import Corps
from app.catalogue.library import load
from app.database import utc_now, write
from app.dialect.compiled import CompiledModule, Dilemma
from app.dialect.items import read_value
from app.extensions import db
from app.learning.queries.attempts import find_sitting
from app.learning.queries.places import Place, find_place
from app.learning.services import attempts, enrolments, practice, submission
from app.learning.services.enrolments import Pin
from tests.e2e.record import OFFICER, SLUG, Record, right_letters, wrong_letter

PASS_MARK = 80


class Student:
    """An agent in the shipped module; each act takes one more minute, up to an hour ago."""

    def __init__(self, record: Record, matricule: str = OFFICER, corps: str = Corps.PN) -> None:
        self.app = record.app
        self.agent_id = record.agent_id(matricule)
        self.corps = corps
        self.clock = utc_now() - timedelta(hours=3)
        self.count = 0
        self.act(enrolments.enrol, slug=SLUG, now=self.now())

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
            place = find_place(db.session, agent_id=self.agent_id, slug=SLUG)
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
        """Walk the dilemmas and move on from every step."""
        for step in self.module().steps_for(self.place().corps or self.corps):
            dilemmas = [item for item in step.items() if isinstance(item, Dilemma)]
            for dilemma in dilemmas:
                self.walk(dilemma)
            self.act(enrolments.move_on, step_id=step.id, dilemmas=dilemmas, **self.at())

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

    def asked(self, attempt_id: int) -> tuple[str, ...]:
        """List the items of an attempt."""
        with self.app.app_context():
            sitting = find_sitting(
                db.session, agent_id=self.agent_id, slug=SLUG, attempt_id=attempt_id
            )
        assert sitting is not None
        return sitting.item_ids

    def answer(self, attempt_id: int, item_id: str, *, rightly: bool = True) -> None:
        """Answer an item."""
        item = self.module().item(item_id)
        assert item is not None
        letters = right_letters(item) if rightly else (wrong_letter(item),)
        self.act(
            attempts.save_answer, attempt_id=attempt_id, item_id=item_id, token=self.token(),
            value=read_value(item, letters), now=self.now(),
        )  # fmt: skip

    def submit(self, attempt_id: int, *, blank: int = 0) -> bool:
        """Hand an attempt in."""
        return bool(
            self.act(
                submission.submit, attempt_id=attempt_id, module=self.module(), confirmed=blank,
                default_months=36, now=self.now(),
            )
        )  # fmt: skip
