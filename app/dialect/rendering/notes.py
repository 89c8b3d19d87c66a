"""Footnotes: numbered in the order in which the text calls them, each with its way back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from app.dialect.rendering.blocks import Note

BACK = {"fr": "Revenir à l’appel de note {}", "en": "Back to footnote reference {}"}
CALL = r"\[\^([^\]\s]{1,200})\]"
MARK = "data-note"
"""Carries the label of a call until the notes are numbered."""
ARROW = "\u21a9\ufe0e"
"""The second character keeps phones from drawing an emoji."""


@dataclass(slots=True)
class Written:
    """A note, its text still to be read, and the element that will hold it."""

    lines: list[str]
    element: Element = field(default_factory=lambda: Element("li"))


class Notes:
    """The notes of one text."""

    def __init__(self, language: str) -> None:
        self.back = BACK.get(language, BACK["en"])
        self.prefix = 0
        self.written: dict[str, Written] = {}
        self.pending: list[Written] = []

    def start(self, prefix: int) -> None:
        """Begin a text; its ids begin with a number that no other text of the page has."""
        self.prefix, self.written, self.pending = prefix, {}, []

    def define(self, block: Note) -> None:
        """Keep a note; of two with the same label, the first."""
        label = fold(block.label)
        if label not in self.written:
            self.written[label] = Written(block.lines)
            self.pending.append(self.written[label])

    def unread(self) -> Iterator[Written]:
        """Go through the notes whose text is to be read; reading one may define others."""
        while self.pending:
            yield self.pending.pop(0)

    def register(self, md: Markdown) -> None:
        """Take part in the rendering."""
        md.inlinePatterns.register(Call(self), "note", 175)
        md.treeprocessors.register(Gather(self), "notes", 50)
        md.treeprocessors.register(Number(self), "numbers", 15)


class Call(InlineProcessor):
    """Reads ``[^1]`` where a note has that label."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(CALL)
        self.notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Make the call, without its number yet."""
        label = fold(m[1])
        if label not in self.notes.written:
            return None, None, None
        call = Element("sup", {MARK: label})
        SubElement(call, "a", {"class": "footnote-ref"})
        return call, m.start(), m.end()


class Gather(Treeprocessor):
    """Adds all notes at the end, so that what stands in their lines is read with the rest."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.notes = notes

    def run(self, root: Element) -> None:
        """Work on the whole tree."""
        if self.notes.written:
            box = SubElement(root, "div", {"class": "footnote"})
            SubElement(box, "hr")
            SubElement(box, "ol").extend(one.element for one in self.notes.written.values())


class Number(Treeprocessor):
    """Numbers the notes that are called, and drops the others."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.notes = notes

    def run(self, root: Element) -> None:
        """Work on the whole tree."""
        if not self.notes.written:
            return
        box = root[-1]
        root.remove(box)
        calls: dict[str, list[Element]] = {}
        in_order = gather_calls(root, calls)
        for label in in_order:  # Grows as the notes themselves call others.
            in_order += gather_calls(self.notes.written[label].element, calls)
        for number, label in enumerate(in_order, start=1):
            self.number(label, number, calls[label])
        if in_order:
            box[1][:] = [self.notes.written[label].element for label in in_order]
            root.append(box)

    def number(self, label: str, number: int, calls: list[Element]) -> None:
        """Join a note with its calls."""
        note = self.notes.written[label].element
        place = f"{self.notes.prefix}-{number}"
        note.set("id", f"fn:{place}")
        last = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
        for rank, call in enumerate(calls, start=1):
            again = "" if rank == 1 else f"-{rank}"
            del call.attrib[MARK]
            call.set("id", f"fnref:{place}{again}")
            call[0].set("href", f"#fn:{place}")
            call[0].text = str(number)
            back = {"href": f"#fnref:{place}{again}", "class": "footnote-backref",
                    "title": self.notes.back.format(f"{number}{again}")}  # fmt: skip
            push_space(last)
            SubElement(last, "a", back).text = ARROW + again.removeprefix("-")


def gather_calls(root: Element, calls: dict[str, list[Element]]) -> list[str]:
    """Add the calls of a tree, in the order of the text; give the labels first called there."""
    new: list[str] = []
    for element in root.iter("sup"):
        label = element.get(MARK)
        if label is None:
            continue
        if label not in calls:
            calls[label] = []
            new.append(label)
        calls[label].append(element)
    return new


def push_space(element: Element) -> None:
    """End an element with a space that does not break."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + "\u00a0"
    elif element.text:
        element.text += "\u00a0"


def fold(label: str) -> str:
    """Give a label as it is compared."""
    return label.casefold()
