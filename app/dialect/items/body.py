"""Read the body of an item: its stem, then its parts, each begun by a bold label."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from app.dialect.draft import ItemDraft
from app.dialect.labels import (
    ENGLISH_PARTS,
    PART_LABELS,
    PARTS,
    SPOKEN_PARTS,
    all_near,
    fold,
    nearest,
)
from app.dialect.messages import Edit, Report
from app.dialect.rendering.blocks import FENCE
from app.dialect.scanner import Kind, Scanned
from app.dialect.source import Line, join, trim

BOLD = re.compile(r"[ ]{0,3}\*\*(?!\*)([^*]{1,40})\*\*(?!\*)")
NEAR_PART = re.compile(
    r"\s*(?:[-+*]\s+)?([*_]{0,4})\s*([^*_:\s][^*_:]{2,30})(:?)\s*([*_]{0,4})\s*(:?)"
)
TELLING = {"hint", "explanation", "debrief", "answer"}
CALLOUT = re.compile(r" {0,3}>\s*\[!")
LOST_RULE = re.compile(r"\s*-[- \t]*-\s*")
PASTED = "•·‣▪●○◦–—−"
"""What a word processor makes of the hyphen that begins an answer."""
TICK = re.compile(rf"\s*(?:>\s?)*(?:(?:[-*+]|\d{{1,9}}[.)])\s+|[{PASTED}]\s*)*\[[xX]\](?![(\[:])")
TICK_LIKE = re.compile(r"\s*(?:>\s?)*(?:[-*+]|\d{1,9}[.)])\s+\[\s?[xX]?\s?\](?![(\[:])")


class Part(NamedTuple):
    """The start of a part: its name and what follows the label on the line."""

    name: str
    rest: Line


def read_part(line: Line) -> Part | None:
    """Recognise the bold label that begins a part."""
    match = BOLD.match(line.text) if "**" in line.text else None
    if match is None:
        return None
    inside, after = match[1].rstrip(), match.end()
    name = PARTS.get(fold(inside.rstrip(": \u00a0\u202f")))
    if name is None:
        return None
    if not inside.endswith(":"):
        rest = line.text[after:].lstrip()
        if not rest.startswith(":"):
            return None
        after = len(line.text) - len(rest) + 1
    return Part(name, line.cut(after).stripped())


def damaged_part(line: Line) -> str | None:
    """Give the part that a line seems to begin, when its label is not written as it must be."""
    marked = "*" in line.text or "_" in line.text
    match = NEAR_PART.match(line.text) if marked else None
    if match is None or not (match[1] or match[4]):
        return None
    colon = bool(match[3] or match[5])
    word = match[2].strip()
    exact = PARTS.get(fold(word))
    if exact and (colon or len(match[1]) > 1):
        return exact
    near = nearest(word, PARTS) if colon and len(match[1]) > 1 else None
    return PARTS[near] if near else None


def plain_part(line: Line, parts: Collection[str]) -> str | None:
    """Give the part that a line begins but for its bold, of those that give an answer away."""
    match = NEAR_PART.match(line.text) if ":" in line.text[:40] and not line.indent else None
    name = PARTS.get(fold(match[2])) if match and match[3] else None
    return name if name in parts and name in TELLING else None


def mend_part(line: Line) -> tuple[Edit, ...]:
    """Give the edit that writes the label of a part as it must be, where only one is meant."""
    match = NEAR_PART.match(line.text)
    if match is None or not (match[3] or match[5]) or line.text.lstrip()[:1] in "-+":
        return ()
    word = match[2].strip()
    near = all_near(word, PARTS)
    if fold(word) not in PARTS and len({PARTS[one] for one in near}) != 1:
        return ()
    label = word if fold(word) in PARTS else SPOKEN_PARTS[near[0]]
    colon = ":" if label in ENGLISH_PARTS else " :"
    after = "" if line.text[match.end() :].startswith(" ") else " "
    return (Edit(*line.span(0, match.end()), f"**{label}{colon}**{after}"),)


class BodyReader:
    """Goes through the lines of an item, once."""

    def __init__(self, draft: ItemDraft, parts: Collection[str], report: Report) -> None:
        self.draft = draft
        self.parts = parts
        self.report = report
        self.stem: list[Line] = []
        self.sink: list[Line] | None = self.stem
        self.texts: list[tuple[str, list[Line]]] = []
        self.starts: list[Line] = []

    def read(self) -> None:
        """Read the body into the draft."""
        for scanned in self.draft.body:
            self.take(scanned)
        self.draft.stem = trim(self.stem)
        for (name, lines), start in zip(self.texts, self.starts, strict=True):
            text = trim(lines)
            if not text:
                self.report.add("Q114-empty", start.visible(), label=self.label(name))
            if name == "hint":
                if text and join(text) in map(join, self.draft.hints):
                    self.report.add("Q114-twice", start.visible(), label=self.label(name))
                self.draft.hints.append(text)
            elif name not in self.draft.parts:
                self.draft.parts[name] = text

    def take(self, scanned: Scanned) -> None:
        """Put one line where it belongs."""
        line = scanned.line
        if scanned.kind is Kind.HEADING:
            self.take_heading(scanned)
        elif scanned.kind in (Kind.BLANK, Kind.FENCE):
            self.put(line)
        elif part := read_part(line):
            self.begin_part(part, line)
        elif name := damaged_part(line) or plain_part(line, self.parts):
            edits = mend_part(line) if name in self.parts else ()
            self.report.add("Q114-part", line.visible(), edits=edits, label=self.label(name))
            self.sink = []
        elif LOST_RULE.fullmatch(line.text) and scanned.kind is Kind.TEXT:
            self.report.add("Q114-rule", line.visible())
        elif not self.take_answer(line):
            self.put(line)

    def label(self, name: str) -> str:
        """Give the name of a part in the reader's language."""
        french, english = PART_LABELS[name]
        return english if self.report.language == "en" else french

    def take_heading(self, scanned: Scanned) -> None:
        """Refuse a heading: only dilemmas have some inside."""
        self.report.add("Q114", scanned.line.visible())

    def take_answer(self, line: Line) -> bool:
        """Refuse answer lines: only some types have them."""
        if TICK_LIKE.match(line.text) or TICK.match(line.text):
            mark = line.text[line.text.index("[") + 1 : line.text.index("]")]
            self.report.add("Q109", line.visible(), mark=mark, allowed="")
            return True
        return False

    def begin_part(self, part: Part, line: Line) -> None:
        """Begin a part; what was read before it is closed."""
        lines = [part.rest]
        self.sink = lines
        if FENCE.match(part.rest.text):
            self.report.add("S109-part", part.rest.visible())
        if part.name not in self.parts:
            self.report.add("Q114-other", line.visible(), label=self.label(part.name))
            return
        if part.name != "hint" and any(name == part.name for name, _ in self.texts):
            self.report.add("Q114-twice", line.visible(), label=self.label(part.name))
        self.texts.append((part.name, lines))
        self.starts.append(line)

    def put(self, line: Line) -> None:
        """Add a line to what is being read; after the answers there is nothing to add to."""
        if self.sink is not None:
            if self.texts and CALLOUT.match(line.text) and self.sink and self.sink[-1].is_blank:
                self.report.add("R202-item", line.visible())
            self.sink.append(line)
        elif not line.is_blank:
            self.report.add("Q114", line.visible())


def read_body(draft: ItemDraft, parts: Collection[str], report: Report) -> None:
    """Read the stem and the parts of an item without answers."""
    BodyReader(draft, parts, report).read()
