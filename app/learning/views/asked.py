"""What an attempt asks, remembered by each process: it never changes once the attempt is open.

Ten answers follow one another in an attempt, and each would read it again to know the question it
answers. Whether the attempt is still open, and whose it is, is asked of the database by the
statement that saves.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from flask import current_app

from app.access import current_agent
from app.learning.views.paper import Paper, open_paper

MOST_REMEMBERED = 4096
"""Attempts, of two kilobytes each."""
KEY = "learning.asked"


class Remembered:
    """The attempts answered last."""

    def __init__(self) -> None:
        self.papers: OrderedDict[tuple[int, str, int], Paper] = OrderedDict()
        self.lock = Lock()

    def find(self, key: tuple[int, str, int]) -> Paper | None:
        """Find an attempt by its agent, module and id."""
        with self.lock:
            if key in self.papers:
                self.papers.move_to_end(key)
            return self.papers.get(key)

    def add(self, key: tuple[int, str, int], paper: Paper) -> None:
        """Remember an attempt, and forget the one that was not asked for since longest."""
        with self.lock:
            self.papers[key] = paper
            if len(self.papers) > MOST_REMEMBERED:
                self.papers.popitem(last=False)


def open_asked(slug: str, attempt_id: int) -> Paper:
    """Open an attempt for what it asks alone, or answer 404: its state may be an earlier one."""
    kept = current_app.extensions
    remembered: Remembered = kept.get(KEY) or kept.setdefault(KEY, Remembered())
    key = (current_agent().id, slug, attempt_id)
    paper = remembered.find(key)
    if paper is None:
        paper = open_paper(slug, attempt_id)
        remembered.add(key, paper)
    return paper
