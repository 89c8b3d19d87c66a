"""Take the cells of a row, and say what is wrong with each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from app.people.directory.problems import Mistake, Problem
from app.people.directory.table import Line, WrongCell

LONGEST = 200
SHOWN = 80
"""How much of a wrong cell is repeated beside what is wrong with it."""
FORMULA_SIGNS = ("=", "+", "@")
DAY_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y")


class Reader:
    """Takes the cells of one row after the other, and notes what is wrong with each."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = places
        self.number = 0
        self.cells: list[str] = []
        self.mistakes: list[Mistake] = []

    def turn_to(self, line: Line) -> None:
        """Take the cells of this row from now on."""
        self.number, self.cells = line
        self.mistakes = []

    def wrong(self, column: str, problem: Problem, detail: str = "") -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(self.number, column, problem, detail[:SHOWN]))

    def text(self, column: str, *, needed: bool = True) -> str:
        """Take a text of one line, its spaces made single."""
        place = self.places.get(column)
        raw = self.cells[place] if place is not None and place < len(self.cells) else ""
        if not raw:
            if needed:
                self.wrong(column, Problem.EMPTY)
            return ""
        if isinstance(raw, WrongCell):
            self.wrong(column, raw.problem, raw)
            return ""
        text = clean(raw)
        if len(text) > LONGEST:
            self.wrong(column, Problem.TOO_LONG, str(LONGEST))
            return text[:LONGEST]
        if not text.isprintable():
            self.wrong(column, Problem.INVISIBLE)
            return ""
        if text.startswith(FORMULA_SIGNS):
            self.wrong(column, Problem.FORMULA, text)
        return text

    def one_of(self, column: str, allowed: tuple[str, ...], *, needed: bool = True) -> str:
        """Take a word of a closed list, whatever its capitals and accents."""
        given = self.text(column, needed=needed)
        if not given:
            return ""
        word = fold(given)
        if word not in allowed:
            self.wrong(column, Problem.NOT_ONE_OF, ", ".join(allowed))
        return word

    def day(self, column: str, *, needed: bool = True) -> date | None:
        """Take a day, as 2026-11-23 or 23/11/2026."""
        text = self.text(column, needed=needed)
        day = read_day(text) if text else None
        if text and day is None:
            self.wrong(column, Problem.NOT_A_DAY, text)
        return day

    def matching(
        self, column: str, pattern: re.Pattern[str], problem: Problem, *, needed: bool
    ) -> str:
        """Take a text of a given shape."""
        text = self.text(column, needed=needed)
        if text and not pattern.fullmatch(text):
            self.wrong(column, problem, text)
        return text


def clean(text: str) -> str:
    """Compose the accents of a text, and make its spaces single."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return " ".join(composed.split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Take the capitals and accents off a word."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def read_day(text: str) -> date | None:
    """Read a day in one of the two ways it is written; None where it is neither."""
    for pattern in DAY_PATTERNS:
        try:
            day = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        return day if day.year >= 1900 else None
    return None
