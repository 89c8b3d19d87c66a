"""An attempt open in front of its agent: what every page of the quiz begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort

from app.access import current_agent
from app.addresses import url_for
from app.catalogue.library import load
from app.dialect import items
from app.dialect.compiled import AnyItem, CompiledModule
from app.extensions import db
from app.learning.drawing import Asked, items_of
from app.learning.exercises import show_item
from app.learning.queries.attempts import Given, Sitting, find_sitting, list_given
from app.learning.scoring import is_blank
from app.learning.shown import ShownItem


@dataclass(frozen=True, slots=True)
class Paper:
    """An attempt and the module that it was drawn from."""

    sitting: Sitting
    module: CompiledModule

    @property
    def items(self) -> list[AnyItem]:
        """List the items asked, in order."""
        return items_of(self.module, self.sitting.draw)

    @property
    def url(self) -> str:
        """Give the address of the attempt; those of its pages and its acts stand under it."""
        return url_for("learning.overview", slug=self.sitting.slug, attempt_id=self.sitting.id)

    @property
    def answers_url(self) -> str:
        """Give the address under which each item is answered."""
        return f"{self.url}/reponses/"

    @property
    def is_submitted(self) -> bool:
        """Tell whether the attempt was handed in."""
        return self.sitting.submitted_at is not None

    def asked(self, number: int) -> Asked:
        """Give a question by its number, from 1, or answer 404."""
        if not 1 <= number <= len(self.sitting.draw):
            abort(404)
        return self.sitting.draw[number - 1]

    def item(self, item_id: str) -> AnyItem:
        """Give an item of this attempt, or answer 404."""
        found = self.module.item(item_id) if item_id in self.sitting.item_ids else None
        if found is None:
            abort(404)
        return found

    def number_of(self, item_id: str) -> int:
        """Give the number of a question."""
        return self.sitting.item_ids.index(item_id) + 1

    def order_of(self, item_id: str) -> list[str]:
        """Give the order in which a question is shown."""
        return self.sitting.draw[self.number_of(item_id) - 1]["order"]

    def chosen(self, asked: Asked, value: object) -> tuple[str, ...]:
        """Give the values that the page of a question holds for an answer."""
        return items.raw_of(self.item(asked["item"]), value, asked["order"])

    def shown(self, asked: Asked) -> ShownItem:
        """Show a question as it was drawn."""
        return show_item(items.public(self.item(asked["item"]), asked["order"]))


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in the list of all."""

    number: int
    title: str
    item_id: str
    url: str
    answered: bool
    marked: bool
    current: bool = False


def open_paper(slug: str, attempt_id: int) -> Paper:
    """Open an attempt of the signed-in agent, or answer 404."""
    sitting = find_sitting(
        db.session, agent_id=current_agent().id, slug=slug, attempt_id=attempt_id
    )
    if sitting is None:
        abort(404)
    return Paper(sitting, load(db.session, sitting.version_id, sitting.language))


def read_given(paper: Paper) -> dict[str, Given]:
    """Read the current answers of an attempt."""
    return list_given(db.session, attempt_id=paper.sitting.id)


def list_entries(paper: Paper, given: Mapping[str, Given], current: int = 0) -> list[Entry]:
    """List the questions of an attempt, with what is answered and marked."""
    return [
        Entry(
            number,
            item.title,
            item.id,
            question_url(paper, number),
            answered=item.id in given and not is_blank(given[item.id].value),
            marked=item.id in paper.sitting.marked,
            current=number == current,
        )
        for number, item in enumerate(paper.items, start=1)
    ]


def question_url(paper: Paper, number: int) -> str:
    """Give the address of a question; after the last one, that of the list."""
    is_past = number > len(paper.sitting.draw)
    return paper.url if is_past else f"{paper.url}/questions/{number}"


def first_left_url(paper: Paper) -> str:
    """Give the address of the first question without an answer; of the list when all have one."""
    entries = list_entries(paper, read_given(paper))
    return next((entry.url for entry in entries if not entry.answered), paper.url)


def result_url(paper: Paper) -> str:
    """Give the address of the result."""
    return f"{paper.url}/resultat"
