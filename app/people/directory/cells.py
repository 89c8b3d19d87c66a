"""Take the cells of a row, and say what is wrong with each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from app.people.directory.reading import Line

LONGEST = 200


@dataclass(frozen=True, slots=True, order=True)
class RowError:
    """What is wrong, at a row and a column of the file."""

    line: int
    column: str
    problem: str

    def __str__(self) -> str:
        return f"row {self.line}, column {self.column}: {self.problem}"


class Reader:
    """Takes the cells of one row, and notes what is wrong with each."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.errors: list[RowError] = []

    def wrong(self, column: str, problem: str) -> None:
        """Note a mistake."""
        self.errors.append(RowError(self.line.number, column, problem))

    def text(self, column: str, *, needed: bool = True) -> str:
        """Take a text of one line, its spaces made single."""
        text = " ".join(unicodedata.normalize("NFC", self.line.get(column)).split())
        if needed and not text:
            self.wrong(column, "is empty")
        if len(text) > LONGEST:
            self.wrong(column, f"is longer than {LONGEST} characters")
        if any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} for char in text):
            self.wrong(column, "holds invisible characters")
        return text

    def one_of(self, column: str, allowed: tuple[str, ...], *, empty: str | None = None) -> str:
        """Take a word of a closed list, whatever its capitals and accents."""
        given = self.text(column, needed=empty is None)
        spread = unicodedata.normalize("NFKD", given.casefold())
        word = "".join(char for char in spread if not unicodedata.combining(char))
        if not given:
            return empty or ""
        if word not in allowed:
            self.wrong(column, f"is not one of {', '.join(allowed)}")
        return word

    def day(self, column: str, *, needed: bool = True) -> date | None:
        """Take a day, as 2026-11-23 or 23/11/2026."""
        text = self.text(column, needed=needed)
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(text, pattern).date()
            except ValueError:
                continue
        if text:
            self.wrong(column, "is not a day such as 2026-11-23 or 23/11/2026")
        return None

    def matching(self, column: str, pattern: re.Pattern[str], problem: str) -> str:
        """Take a text of a given shape."""
        text = self.text(column, needed=column == "matricule")
        if text and not pattern.fullmatch(text):
            self.wrong(column, problem)
        return text
