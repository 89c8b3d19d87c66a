"""A question of an open attempt, as a page or a script puts it in front of its agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.learning.queries.attempts import Given
from app.learning.shown import ShownItem
from app.learning.views.paper import Paper, question_url


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, what is answered to it, and where one goes from it."""

    paper: Paper
    number: int
    item: ShownItem
    saved: tuple[str, ...]
    """The values of its form that are saved."""
    saved_at: datetime | None
    chosen: tuple[str, ...]
    """The values that its form shows."""
    problem: str
    """The word that says why what was sent is not saved."""

    @property
    def total(self) -> int:
        """Count the questions of the attempt."""
        return len(self.paper.sitting.draw)

    @property
    def marked(self) -> bool:
        """Tell whether its agent wants to look at it again."""
        return self.item.id in self.paper.sitting.marked

    @property
    def url(self) -> str:
        """Give the address of its page."""
        return question_url(self.paper, self.number)

    @property
    def previous_url(self) -> str:
        """Give the address of the question before."""
        return question_url(self.paper, self.number - 1)

    @property
    def next_url(self) -> str:
        """Give the address of the question after; after the last, that of the list."""
        return question_url(self.paper, self.number + 1)

    @property
    def mark_url(self) -> str:
        """Give the address at which it is marked, to be looked at again."""
        return f"{self.paper.url}/reperes/{self.item.id}"


def pose(
    paper: Paper,
    given: Mapping[str, Given],
    number: int,
    *,
    chosen: tuple[str, ...] | None = None,
    problem: str = "",
) -> Posed:
    """Put a question, by its number from 1, or answer 404; ``chosen`` is what was not saved."""
    asked = paper.asked(number)
    current = given.get(asked["item"])
    saved = paper.chosen(asked, current.value) if current else ()
    return Posed(
        paper=paper,
        number=number,
        item=paper.shown(asked),
        saved=saved,
        saved_at=current.received_at if current and chosen is None else None,
        chosen=saved if chosen is None else chosen,
        problem=problem,
    )
