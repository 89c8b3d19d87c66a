"""Make rows of text of the elements of an XLSX sheet."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from app.people.directory.archive import Attributes
from app.people.directory.limits import MOST_COLUMNS
from app.people.directory.problems import Problem, UnreadableFileError
from app.people.directory.table import Line, WrongCell

LETTERS = re.compile(r"[A-Z]{1,3}")
LAST_DAY = 2_958_465
"""31 December 9999, as spreadsheets count."""


class CellReader:
    """Hears the elements of a sheet in their order, and keeps the rows that are whole."""

    def __init__(self, shared: list[str], day_styles: list[bool], *, from_1904: bool) -> None:
        self.shared, self.day_styles = shared, day_styles
        self.first_day = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self.rows: list[Line] = []
        self.number, self.cells = 0, list[str]()
        self.place, self.kind, self.style = 0, "", 0
        self.is_formula, self.hears = False, False
        self.parts: list[str] = []

    def take(self) -> list[Line]:
        """Give the rows that are whole, once."""
        rows, self.rows = self.rows, []
        return rows

    def start(self, name: str, attributes: Attributes) -> None:
        """Hear that an element begins."""
        if name == "c":
            self.place = self.find_place(attributes.get("r", ""))
            self.kind = attributes.get("t", "n")
            self.style = whole(attributes.get("s", "0"))
            self.is_formula = False
            self.parts.clear()
        elif name in {"v", "t"}:
            self.hears = True
        elif name == "f":
            self.is_formula = True
        elif name == "row":
            self.number = max(whole(attributes.get("r", "")), self.number + 1)
            self.cells = []

    def end(self, name: str) -> None:
        """Hear that an element ends."""
        if name in {"v", "t"}:
            self.hears = False
        elif name == "c":
            text = self.read()
            if text:
                self.cells += [""] * (self.place - len(self.cells)) + [text]
        elif name == "row":
            self.rows.append(Line(self.number, self.cells))

    def text(self, piece: str) -> None:
        """Hear a piece of text."""
        if self.hears:
            self.parts.append(piece)

    def find_place(self, reference: str) -> int:
        """Tell the column of a cell; a cell far to the right is not waited for."""
        letters = LETTERS.match(reference)
        place = column_number(letters[0]) if letters else len(self.cells)
        if place >= MOST_COLUMNS:
            wide = f"{place + 1}/{MOST_COLUMNS}"
            raise UnreadableFileError(Problem.TOO_MANY_COLUMNS, wide, self.number)
        return max(place, len(self.cells))

    def read(self) -> str:
        """Write a cell as one would type it."""
        text = "".join(self.parts)
        if self.is_formula:
            return WrongCell.of(Problem.FORMULA, text)
        if self.kind == "s":
            index = whole(text)
            return self.shared[index].strip() if index < len(self.shared) else ""
        if self.kind == "n" and text:
            return self.read_number(text)
        if self.kind in {"b", "e"}:
            return WrongCell.of(Problem.NOT_TEXT, text)
        return text[:10] if self.kind == "d" else text.strip()

    def read_number(self, text: str) -> str:
        """Write a number without a useless point, or the day that its style makes of it."""
        try:
            number = float(text)
        except ValueError:
            return WrongCell.of(Problem.NOT_TEXT, text)
        is_day = self.style < len(self.day_styles) and self.day_styles[self.style]
        if is_day and 1 <= number <= LAST_DAY - 1462:
            return (self.first_day + timedelta(days=int(number))).isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """Count columns from 0: A, B, … Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def whole(text: str) -> int:
    """Read a whole number, 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0
