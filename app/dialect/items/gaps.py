"""Find the gaps of a cloze: ``[[word|variant]]`` to type, ``[[right ~ decoy]]`` to choose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.dialect.checks.runs import find_code
from app.dialect.draft import ItemDraft
from app.dialect.items.typed import bare, is_typed
from app.dialect.messages import Edit, Report
from app.dialect.scanner import Kind
from app.dialect.source import Line, Passage

GAP = re.compile(r"(?<!\[)\[\[(?!\[)([^\[\]\n]*)\]\](?!\])")
LOST = re.compile(r"\[\[|\]\]")
MOST = 20
MARK = "\ue000"
"""Stands for a gap while a text is rendered: a private character, refused in a source."""


class GapDraft(NamedTuple):
    """A gap: where it stands in its line, and what it holds."""

    line: Line
    start: int
    end: int
    inside: str

    @property
    def options(self) -> list[str]:
        """List what a menu offers, the right one first; one text where it is typed."""
        return [part.strip() for part in self.inside.split("~")]

    @property
    def accepted(self) -> list[str]:
        """List the texts accepted."""
        first = self.options[0]
        return [first] if self.is_menu else [part.strip() for part in first.split("|")]

    @property
    def is_menu(self) -> bool:
        """Tell whether one chooses."""
        return "~" in self.inside


def find_gaps(stem: Passage, fenced: Iterable[int] = ()) -> list[GapDraft]:
    """List the gaps of a text, outside code."""
    found, skipped = [], set(fenced)
    for line in stem:
        if line.number in skipped:
            continue
        code = find_code(line.text)
        for match in GAP.finditer(line.text):
            if not any(start <= match.start() < end for start, end in code):
                found.append(GapDraft(line, match.start(), match.end(), match[1]))
    return found


def fenced_lines(draft: ItemDraft) -> list[int]:
    """List the lines of an item that stand in a fence."""
    return [scanned.line.number for scanned in draft.body if scanned.kind is Kind.FENCE]


def mark_gaps(stem: Passage, gaps: list[GapDraft], mark: str) -> Passage:
    """Put a mark in place of each gap."""
    lines = []
    for line in stem:
        text, place = "", 0
        for gap in gaps:
            if gap.line.number == line.number:
                text, place = f"{text}{line.text[place : gap.start]}{mark}", gap.end
        lines.append(Line(line.number, line.column, text + line.text[place:]))
    return tuple(lines)


def check_gaps(draft: ItemDraft, report: Report) -> None:
    """Report gaps that cannot be read, gaps in a link or an image, and a text without any."""
    fenced = fenced_lines(draft)
    gaps = find_gaps(draft.stem, fenced)
    if not gaps:
        report.add("Q112-gapless", draft.place)
    for gap in gaps[MOST:]:
        report.add("Q112-gaps", gap.line.span(gap.start, gap.end), most=MOST)
    for gap in gaps:
        if not is_sound(gap):
            report.add("Q112-gap", gap.line.span(gap.start, gap.end), edits=respace(gap))
        elif is_in_link(gap):
            report.add("Q112-gap-link", gap.line.span(gap.start, gap.end))
    for line in draft.stem:
        if MARK in line.text:
            report.add("Q112-gap", line.visible())
    for line in mark_gaps(draft.stem, gaps, MARK):
        lost = LOST.search(line.text) if line.number not in fenced else None
        if lost and not any(a <= lost.start() < b for a, b in find_code(line.text)):
            report.add("Q112-gap", line.visible())


def is_sound(gap: GapDraft) -> bool:
    """Tell whether a gap holds texts, each once; a menu has no variants."""
    texts = gap.options if gap.is_menu else gap.accepted
    if gap.is_menu and ("|" in gap.inside or len(texts) > 8):
        return False
    plain = [bare(text) for text in texts]
    if any("  " in text for text in texts) or not all(map(is_typed, texts)):
        return False
    return all(plain) and len(set(plain)) == len(plain)


def respace(gap: GapDraft) -> tuple[Edit, ...]:
    """Give the edit that takes the doubled spaces out of a gap, where nothing else is wrong."""
    inside = re.sub(r" {2,}", " ", gap.inside)
    if inside == gap.inside or not is_sound(gap._replace(inside=inside)):
        return ()
    return (Edit(*gap.line.span(gap.start, gap.end), f"[[{inside}]]"),)


def is_in_link(gap: GapDraft) -> bool:
    """Tell whether a gap stands between the marks of a link or of an image."""
    before, after = gap.line.text[: gap.start], gap.line.text[gap.end :]
    opened = GAP.sub("", before)
    inside = opened.count("[") > opened.count("]") and "]" in after
    target = opened.rpartition("](")[2] if "](" in opened else None
    return inside or after.startswith("(") or (target is not None and ")" not in target)
