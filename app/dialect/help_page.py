"""Read « Que faire si… »: one section for each situation."""

from __future__ import annotations

from typing import NamedTuple

from app.dialect.attributes import is_id, read_attributes, split_braces
from app.dialect.headings import slug
from app.dialect.rendering.prose import Renderer
from app.dialect.scanner import Kind, scan
from app.dialect.source import Line, read_source


class HelpSection(NamedTuple):
    """A situation and what to do in it."""

    id: str
    title: str
    """Plain text."""
    html: str


def read_help_page(text: str, language: str = "fr") -> tuple[HelpSection, ...]:
    """Read the sections ``## Situation {#id}`` of a page; what stands before them is left out."""
    found: list[tuple[str, str, list[str]]] = []
    taken: set[str] = set()
    for scanned in scan(read_source("", text).lines):
        if scanned.kind is Kind.HEADING and scanned.level <= 2:
            title, inside = split_braces(scanned.title)
            if scanned.level == 2:
                found.append((section_id(title.text, inside, taken), title.text, []))
        elif found:
            found[-1][2].append(scanned.line.text)
    return tuple(
        HelpSection(
            name, Renderer(language).plain(title), Renderer(language).block("\n".join(lines))
        )
        for name, title, lines in found
    )


def section_id(title: str, inside: Line | None, taken: set[str]) -> str:
    """Give the written id of a section, or one made of its title; each serves once."""
    written = next((one.value for one in read_attributes(inside).ids if is_id(one.value)), "")
    name = base = written or slug(title)
    rank = 2
    while name in taken:
        name, rank = f"{base}-{rank}", rank + 1
    taken.add(name)
    return name
