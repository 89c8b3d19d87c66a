"""Read a glossary: ``## Term {#id}``, other forms after « Aussi : », then what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.dialect.attributes import Attributes, is_id, read_attributes, read_braces
from app.dialect.scanner import Kind, Scanned, scan
from app.dialect.source import Line, Passage

ALSO = re.compile(r"[ \t]*(?:\*\*)?(?:Aussi|Also)[ \u00a0\u202f]*:(?:\*\*)?[ \t]*", re.IGNORECASE)
FORM = re.compile(r"[^,;]+")


class Spoken(NamedTuple):
    """A term as it is found in a text: its id, and all the forms it takes."""

    id: str
    forms: tuple[str, ...]


@dataclass(slots=True)
class Section:
    """A term as its author wrote it."""

    heading: Line
    title: Line
    attributes: Attributes
    is_sound: bool
    body: list[Scanned] = field(default_factory=list)
    """The lines of the definition."""
    also: list[Line] = field(default_factory=list)
    """The other forms, each where it stands."""

    @property
    def id(self) -> str:
        """Give the id; empty when there is none to use."""
        written = self.attributes.ids[0].value if self.attributes.ids else ""
        return written if is_id(written) else ""

    @property
    def forms(self) -> list[Line]:
        """List the term and its other forms."""
        return [self.title, *self.also]

    @property
    def spoken(self) -> Spoken:
        """Give what is looked for in texts."""
        return Spoken(self.id, tuple(form.text for form in self.forms))


def read_sections(lines: Passage) -> list[Section]:
    """Read the terms of a file; what stands before the first is its introduction, not shown."""
    found: list[Section] = []
    in_forms = False
    for scanned in scan(lines):
        if scanned.kind is Kind.HEADING and scanned.level <= 2:
            in_forms = False
            if scanned.level == 2:
                title, inside, is_sound = read_braces(scanned.title)
                found.append(Section(scanned.line, title, read_attributes(inside), is_sound))
        elif found:
            in_forms = read_line(scanned, found[-1], in_forms=in_forms)
    return found


def read_line(scanned: Scanned, section: Section, *, in_forms: bool) -> bool:
    """Put a line where it belongs; tell whether the next one may still list forms."""
    line = scanned.line
    begins = scanned.kind is Kind.TEXT and not (
        section.body and section.body[-1].kind is not Kind.BLANK
    )
    mark = ALSO.match(line.text) if begins or in_forms else None
    if mark is None and not (in_forms and not line.is_blank):
        section.body.append(scanned)
        return False
    section.also += list(read_forms(line.cut(mark.end() if mark else 0)))
    return True


def read_forms(line: Line) -> Iterator[Line]:
    """Go through the forms that a line lists."""
    for match in FORM.finditer(line.text):
        form = line.cut(match.start(), match.end()).stripped()
        bare = form.cut(0, len(form.text.rstrip(". ")))
        if bare.text:
            yield bare


def spoken_terms(sections: list[Section]) -> tuple[Spoken, ...]:
    """List what is looked for in texts: of two terms with one id, the first."""
    found: dict[str, Spoken] = {}
    for section in sections:
        if section.id and section.title.text:
            found.setdefault(section.id, section.spoken)
    return tuple(found.values())
