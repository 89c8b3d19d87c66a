"""Find the steps, items and runs of prose of a text, from what each line is."""

from __future__ import annotations

import re

from app.dialect.attributes import Attributes, is_id, read_attributes, read_braces
from app.dialect.draft import (
    EVERYONE,
    Audience,
    ItemDraft,
    Nameless,
    Outline,
    ProseDraft,
    StepDraft,
    SubheadingDraft,
)
from app.dialect.headings import (
    check_heading_options,
    read_audience,
    read_id,
    recognise,
)
from app.dialect.items.body import TICK
from app.dialect.messages import Edit, Report
from app.dialect.options import check_options
from app.dialect.rendering.polish import heading_slug
from app.dialect.scanner import Kind, Scanned, scan
from app.dialect.source import Line, Passage

GLUED = re.compile(r"[ ]{0,3}(#{2,6})([\u00a0\u202f]*)(?=[^#\s])")
"""Marks of a heading whose space is missing; one mark alone may be a number or a word."""
PARAGRAPH = re.compile(r" {0,3}(?![#>|]|!\[|[-*+] |\d+[.)] |```|~~~)\S")
"""How a line of plain text begins: no list, quote, table, picture or code."""
SHEETS = ("evaluation", "reflexe", "animation")


class OutlineReader:
    """Goes through the lines of one file, once."""

    def __init__(self, report: Report, *, is_bank: bool) -> None:
        self.report = report
        self.is_bank = is_bank
        self.outline = Outline()
        self.step: StepDraft | None = None
        self.item: ItemDraft | None = None
        self.sections: list[tuple[int, Audience]] = []
        self.level = 0
        self.sheets: set[str] = set()
        self.told = False
        self.has_open_fence = False

    def read(self, lines: Passage) -> Outline:
        """Read the structure of the lines."""
        if self.is_bank:
            start = Line(1, 1, "")
            self.step = StepDraft("", start, start, "bank")
            self.outline.steps.append(self.step)
        self.outline.scanned = scan(lines)
        for scanned in self.outline.scanned:
            if scanned.kind is Kind.HEADING:
                self.read_heading(scanned)
            else:
                self.read_line(scanned)
        return self.outline

    def read_line(self, scanned: Scanned) -> None:
        """Put a line where it belongs."""
        line, kind = scanned.line, scanned.kind
        if kind is Kind.NEAR:
            glued = GLUED.match(line.text)
            edits = (Edit(*line.span(*glued.span(2)), " "),) if glued else ()
            self.report.add("S108-space", line.visible(), edits=edits)
        elif kind is Kind.SETEXT:
            self.report.add("S103", line.visible())
        elif kind is Kind.OPEN:
            self.read_open_fence(line)
        if self.item is not None:
            if kind is Kind.RULE and line.text.strip().startswith("-"):
                self.item = None
            else:
                self.item.body.append(scanned)
        else:
            if kind is Kind.TEXT and TICK.match(line.text):
                self.report.add("S106", line.visible())
            self.add_prose(line)

    def read_open_fence(self, line: Line) -> None:
        """Report the first fence that nothing closes; the others follow from it."""
        if not self.has_open_fence:
            marks = line.text.lstrip(" \t>-*+0123456789.)")[:3]
            self.report.add("S109", line.visible(), marks=marks)
        self.has_open_fence = True

    def add_prose(self, line: Line) -> None:
        """Add a line to the current run of prose, or start one."""
        outside = self.is_bank or (self.step is None and not self.presents(line))
        if outside and not line.is_blank and not self.told:
            self.told = True
            self.report.add("S202-bank" if self.is_bank else "S202", line.visible())
        self.prose().lines.append(line)

    def presents(self, line: Line) -> bool:
        """Tell whether a line before the steps is of the one paragraph that may stand there."""
        if self.outline.title is None or not PARAGRAPH.match(line.text):
            return False
        before = self.outline.preface.lines
        goes_on = bool(before) and not before[-1].is_blank
        return goes_on or all(one.is_blank for one in before)

    def prose(self) -> ProseDraft:
        """Give the run of prose that the next line belongs to."""
        if self.step is None:
            return self.outline.preface
        audience = self.audience()
        last = self.step.blocks[-1] if self.step.blocks else None
        if not isinstance(last, ProseDraft) or last.audience != audience:
            last = ProseDraft(audience)
            self.step.blocks.append(last)
        return last

    def audience(self) -> Audience:
        """Give the corps that see what comes next."""
        found = self.step.audience if self.step else EVERYONE
        for _, section in self.sections:
            found &= section
        return found

    def read_heading(self, scanned: Scanned) -> None:
        """Read a heading of any level."""
        if self.item is not None and scanned.level > 3:
            self.item.body.append(scanned)
            return
        title, inside, sound = read_braces(scanned.title)
        if not sound:
            self.report.add("S108-braces", scanned.line.visible())
        if not title.text:
            self.report.add("S108-empty", scanned.line.visible())
        attributes = read_attributes(inside)
        attributes.sound = sound
        self.item = None
        self.sections = [one for one in self.sections if one[0] < scanned.level]
        if scanned.level == 1:
            self.read_title(scanned, title, attributes)
        elif scanned.level == 2:
            self.read_step(scanned, title, attributes, inside)
        else:
            self.read_lower(scanned, title, attributes, inside)

    def read_title(self, scanned: Scanned, title: Line, attributes: Attributes) -> None:
        """Read the title of the module."""
        check_options(attributes, ("source",), self.report)
        if self.outline.title is not None:
            self.report.add("S102", scanned.line.visible())
        elif title.text:
            self.outline.title = title
            self.outline.mark = attributes.options.get("source")
            if self.outline.steps and not self.is_bank:
                self.report.add("S101-late", scanned.line.visible())

    def read_step(
        self, scanned: Scanned, title: Line, attributes: Attributes, inside: Line | None
    ) -> None:
        """Begin a step, the quiz or a sheet."""
        recognise(title, attributes, 2, self.report)
        check_options(attributes, ("corps", "source"), self.report, classes=SHEETS)
        if self.is_bank:
            self.add_prose(scanned.line)
            return
        kind = next((c.value for c in attributes.classes if c.value in SHEETS), "step")
        if kind in self.sheets:
            self.report.add("S107", scanned.line.visible(), name=kind)
        step_id = read_id(attributes, self.outline, self.report)
        if not attributes.ids and attributes.sound:
            self.outline.nameless.append(Nameless("S104", scanned.line, title, inside))
        audience = read_audience(attributes, self.outline, self.report)
        self.step = StepDraft(step_id, title, scanned.line, kind, audience, attributes)
        self.level = 2
        if kind != "step":
            self.sheets.add(kind)
        self.outline.steps.append(self.step)

    def read_lower(
        self, scanned: Scanned, title: Line, attributes: Attributes, inside: Line | None
    ) -> None:
        """Begin an item, or add a sub-heading to the prose."""
        label = recognise(title, attributes, scanned.level, self.report)
        if label is None or self.step is not None:
            self.check_level(scanned)
        if label is None:
            self.read_subheading(scanned, title, attributes)
            return
        if self.step is None:
            self.report.add("S110", scanned.line.visible())
        if not attributes.ids and attributes.sound:
            self.outline.nameless.append(Nameless("Q101", scanned.line, label.title, inside))
        item = ItemDraft(
            label.type,
            read_id(attributes, self.outline, self.report),
            label.title,
            scanned.line,
            attributes,
            self.audience() & read_audience(attributes, self.outline, self.report),
            mistaken=label.mistaken,
        )
        self.item = item
        if self.step is not None:
            self.step.blocks.append(item)

    def check_level(self, scanned: Scanned) -> None:
        """Report a heading that goes down more than one level at once."""
        floor = 2 if self.is_bank else (1 if self.step is None else 2)
        before = max(self.level, floor)
        if scanned.level > before + 1:
            self.report.add("A102", scanned.line.visible(), level=scanned.level, before=before)
        self.level = scanned.level

    def read_subheading(self, scanned: Scanned, title: Line, attributes: Attributes) -> None:
        """Add a sub-heading, one level up: the page's own title is that of the step."""
        if self.is_bank:
            self.add_prose(scanned.line)
            return
        check_heading_options(attributes, self.report)
        audience = None
        if attributes.options.get("corps"):
            audience = read_audience(attributes, self.outline, self.report)
            self.sections.append((scanned.level, audience))
        anchor = read_id(attributes, self.outline, self.report)
        self.outline.anchors.add(heading_slug(title.text))
        braces = f" {{#{anchor}}}" if is_id(anchor) else ""
        marks = "#" * (scanned.level - 1)
        self.add_prose(Line(title.number, title.column, f"{marks} {title.text}{braces}"))
        self.prose().subheadings[title.number] = SubheadingDraft(
            scanned.line, scanned.level, title, anchor, audience, attributes.options.get("source")
        )


def read_outline(lines: Passage, report: Report, *, is_bank: bool = False) -> Outline:
    """Read the structure of a module or of a bank."""
    return OutlineReader(report, is_bank=is_bank).read(lines)
