"""A module open in front of its agent: what every page of reading begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from flask import abort, current_app, make_response, redirect, render_template, request

from app.access import current_agent
from app.addresses import url_for
from app.catalogue.library import open_edition
from app.catalogue.queries import find_offered
from app.dialect.compiled import AnyItem, CompiledModule, Question, Step, sees
from app.extensions import db
from app.i18n import current_language
from app.i18n import gettext as _
from app.learning.progress import Progress, measure
from app.learning.queries.places import Place, find_place
from app.learning.renewing import list_asked
from app.learning.services.enrolments import Pin


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the module in its outline."""

    title: str
    url: str
    read: bool
    current: bool = False
    asked: bool = True
    is_quiz: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """An agent's place on a module, and the module in their language and variant."""

    place: Place
    module: CompiledModule
    corps: str
    progress: Progress
    is_behind: bool = False
    """Whether the module's reference was reviewed after the translation that the agent reads."""

    @property
    def pin(self) -> Pin:
        """Give what the first act pins."""
        return Pin(self.place.version_id, self.corps)

    @property
    def is_renewal(self) -> bool:
        """Tell whether this cycle asks only what changed since the version that was passed."""
        return self.place.former_version_id is not None

    @property
    def may_ask_again(self) -> bool:
        """Tell whether a failed attempt may ask to read steps again before the next one."""
        over = self.place.is_completed or self.place.open_attempt_id is not None
        return self.place.has_failed and self.progress.is_all_read and not over

    @property
    def pass_mark(self) -> int:
        """Give the share of the points, in percent, that passes."""
        return self.module.pass_mark or int(current_app.config["PASS_MARK"])

    def step(self, step_id: str) -> Step:
        """Give a step of the agent's variant, or answer 404."""
        found = self.module.step(step_id)
        if found is None or not sees(found.corps, self.corps):
            abort(404)
        return found

    def exercise(self, item_id: str) -> tuple[Step, AnyItem]:
        """Give an item in the flow with its step, or answer 404."""
        found = next((pair for pair in self.exercises() if pair[1].id == item_id), None)
        if found is None:
            abort(404)
        return found

    def exercises(self) -> Iterator[tuple[Step, AnyItem]]:
        """Go through the items in the flow that the agent sees."""
        for step in self.module.steps_for(self.corps):
            for block in step.shown_to(self.corps):
                if isinstance(block, Question):
                    yield step, block.item

    def outline(self, current: str = "") -> list[Entry]:
        """List the steps, then the quiz, which is the current page where no step is."""
        slug = self.place.slug
        steps = [
            Entry(step.title, self.step_url(step.id), step.read, step.id == current, step.asked)
            for step in self.progress.steps
        ]
        title = self.module.evaluation.title if self.module.evaluation else _("Évaluation")
        address = url_for("learning.quiz", slug=slug)
        quiz = Entry(title, address, self.place.is_completed, current == "", is_quiz=True)
        return [*steps, quiz]

    def step_url(self, step_id: str) -> str:
        """Give the address of a step."""
        return url_for("learning.step", slug=self.place.slug, step_id=step_id)


def open_lesson(slug: str) -> Lesson:
    """Open a module where its agent stands; without a place on it, go and ask for one."""
    agent = current_agent()
    place = find_place(db.session, agent_id=agent.id, slug=slug)
    if place is None:
        send_away(slug)
    corps = place.corps or agent.corps
    if not corps:
        abort(make_response(render_template("learning/no_assignment.html"), 409))
    edition = open_edition(db.session, place.version_id, current_language())
    asked = list_asked(db.session, place)
    progress = measure(edition.module.steps_for(corps), place.read, asked)
    return Lesson(place, edition.module, corps, progress, edition.is_behind)


def send_away(slug: str) -> NoReturn:
    """Show the module to someone who wants to read it but is not enrolled; else answer 404."""
    if request.method in {"GET", "HEAD"} and find_offered(db.session, slug) is not None:
        abort(redirect(url_for("catalogue.module", slug=slug)))
    abort(404)
