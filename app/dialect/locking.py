"""The file ``ids.lock``: what was published of each question, one fact a line.

    cafe-commercant single
      key b 100
      letter a 5c9b1f04a3e2
      letter b 0f3ab2c4d5e6

Sorted by id, so that a change shows as the lines it touches.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.dialect.attributes import is_id
from app.dialect.identity import Identity
from app.dialect.items.matching import ARROW
from app.dialect.items.registry import TYPES
from app.dialect.messages import Report
from app.dialect.source import Line

FILE = "ids.lock"
HEADER = (
    "# Ce qui est publié de chaque question : identifiant, type, bonne réponse, lettres.\n"
    "# Écrit par « content lock » ; ne se modifie pas à la main.\n"
)
SHOWN_ARROW = " -> "
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def write_lock(identities: Mapping[str, Identity]) -> str:
    """Write the text of the file."""
    entries = [HEADER]
    for name, identity in sorted(identities.items()):
        lines = [f"{name} {identity.type}"]
        lines += [f"  key {part.replace(ARROW, SHOWN_ARROW)}" for part in identity.key]
        lines += [f"  letter {letter} {one}" for letter, one in sorted(identity.letters.items())]
        lines += [f"  erratum {identity.erratum}"] if identity.erratum else []
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries)


class LockReader:
    """Goes through the lines of the file, once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.found: dict[str, Identity] = {}
        self.name = ""
        self.type = ""
        self.key: list[str] = []
        self.letters: dict[str, str] = {}
        self.erratum = ""

    def read(self) -> dict[str, Identity]:
        """Read the file; a line that cannot be read is reported."""
        for line in self.report.source.lines:
            if not line.is_blank and not line.text.startswith("#") and not self.take(line):
                self.report.add("P104", line.visible())
        self.close()
        return self.found

    def take(self, line: Line) -> bool:
        """Read a line; False when it is none of the file's."""
        word, _, rest = line.text.strip(" ").partition(" ")
        if not line.text.startswith("  "):
            self.close()
            if rest not in TYPES or not is_id(word) or word in self.found:
                return False
            self.name, self.type = word, rest
            return True
        return bool(self.name and rest) and self.take_fact(word, rest)

    def take_fact(self, word: str, rest: str) -> bool:
        """Read what is said of the item that the last line without indentation names."""
        if word == "key":
            left, arrow, right = rest.partition(SHOWN_ARROW)
            if self.type == "matching" and not arrow:
                return False
            self.key.append(f"{left}{ARROW}{right}" if self.type == "matching" else rest)
        elif word == "letter":
            letter, _, digest = rest.partition(" ")
            if len(letter) != 1 or letter not in LETTERS or letter in self.letters:
                return False
            if not digest.isalnum():
                return False
            self.letters[letter] = digest
        elif word == "erratum" and not self.erratum:
            self.erratum = rest
        else:
            return False
        return True

    def close(self) -> None:
        """Keep what was read of an item."""
        if self.name:
            facts = Identity(self.type, tuple(self.key), self.letters, self.erratum)
            self.found[self.name] = facts
        self.name, self.type, self.erratum = "", "", ""
        self.key, self.letters = [], {}


def read_lock(report: Report) -> dict[str, Identity]:
    """Read the identities that the file holds."""
    return LockReader(report).read()
