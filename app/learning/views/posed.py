"""A question of an open attempt, as a page or a script puts it in front of its agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.access import current_agent
from app.learning.queries.attempts import Given
from app.learning.shown import ShownItem
from app.learning.views.paper import Paper


@dataclass(frozen=True, slots=True)
class Posed:
    """A question, what is answered to it, and where one goes from it."""

    number: int
    item: ShownItem
    saved: tuple[str, ...]
    """The values of its form that are saved."""
    saved_at: datetime | None
    chosen: tuple[str, ...]
    """The values that its form shows."""
    problem: str
    """The word that says why what was sent is not saved."""
    marked: bool
    paper_url: str
    paper_language: str
    item_ids: tuple[str, ...]
    agent_id: int
    attempt_id: int

    @property
    def total(self) -> int:
        """Count the questions of the attempt."""
        return len(self.item_ids)

    @property
    def url(self) -> str:
        """Give the address of its page."""
        return f"{self.paper_url}/questions/{self.number}"

    @property
    def previous_url(self) -> str:
        """Give the address of the question before."""
        return f"{self.paper_url}/questions/{self.number - 1}"

    @property
    def next_url(self) -> str:
        """Give the address of the question after; after the last, that of the list."""
        is_last = self.number == self.total
        return self.paper_url if is_last else f"{self.paper_url}/questions/{self.number + 1}"

    @property
    def answers_url(self) -> str:
        """Give the address under which each item of the attempt is answered."""
        return f"{self.paper_url}/reponses/"

    @property
    def mark_url(self) -> str:
        """Give the address at which it is marked, to be looked at again."""
        return f"{self.paper_url}/reperes/{self.item.id}"


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
        number=number,
        item=paper.shown(asked),
        saved=saved,
        saved_at=current.received_at if current and chosen is None else None,
        chosen=saved if chosen is None else chosen,
        problem=problem,
        marked=asked["item"] in paper.sitting.marked,
        paper_url=paper.url,
        paper_language=paper.module.language,
        item_ids=paper.sitting.item_ids,
        agent_id=current_agent().id,
        attempt_id=paper.sitting.id,
    )
