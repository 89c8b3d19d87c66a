"""Read the glossary's files: what is wrong with them, and the terms as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.dialect.context import GLOSSARY, Context
from app.dialect.decoding import decode
from app.dialect.glossary.checks import check_parity, check_sections
from app.dialect.glossary.sections import Section, read_sections
from app.dialect.messages import Message, Report, in_order
from app.dialect.rendering.blocks import Leaf
from app.dialect.rendering.gfm import read_blocks
from app.dialect.rendering.prose import Renderer


class Entry(NamedTuple):
    """A term of the glossary, rendered."""

    id: str
    title: str
    """Plain text."""
    also: str
    """The other forms, parted by commas."""
    definition: str
    """HTML of what the first paragraph says, for where the term is met."""
    html: str
    """HTML of all that is said of it."""


@dataclass(slots=True)
class GlossaryRead:
    """What reading the glossary gives."""

    sections: dict[str, list[Section]] = field(default_factory=dict)
    """By language."""
    messages: tuple[Message, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether something stops a publication."""
        return any(message.is_error for message in self.messages)

    def entries(self, language: str) -> tuple[Entry, ...]:
        """Render the terms of a language, in the order of the file."""
        return tuple(
            render(section, language)
            for section in self.sections.get(language, ())
            if section.id and section.title.text
        )


def read_glossary(
    files: Mapping[str, bytes], context: Context, *, language: str = "fr", under: str = ""
) -> GlossaryRead:
    """Read the glossary's files, by name; messages are in ``language``."""
    read = GlossaryRead()
    reports: dict[str, Report] = {}
    for code, name in GLOSSARY.items():
        if name not in files:
            continue
        source, problems = decode(files[name], f"{under}/{name}" if under else name, context)
        report = reports[code] = Report(source, language)
        for key, span, values in problems:
            report.add(key, span, **values)
        read.sections[code] = read_sections(source.lines)
        check_sections(read.sections[code], report, context)
    if "fr" in reports and "en" in reports:
        check_parity(read.sections["fr"], read.sections["en"], reports["en"])
    read.messages = in_order([message for one in reports.values() for message in one.messages])
    return read


def render(section: Section, language: str) -> Entry:
    """Render a term."""
    lines = [scanned.line.text for scanned in section.body]
    first = next(iter(read_blocks(lines)), None)
    definition = " ".join(first.lines) if isinstance(first, Leaf) else ""
    return Entry(
        section.id,
        Renderer(language).plain(section.title.text),
        ", ".join(Renderer(language).plain(form.text) for form in section.also),
        Renderer(language).inline(definition),
        Renderer(language).block("\n".join(lines)),
    )
