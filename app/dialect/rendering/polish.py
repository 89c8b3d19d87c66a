"""The last look at a tree: ids, addresses, tables that scroll, the spaces of the language."""

from __future__ import annotations

import re
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from app.dialect.rendering.players import Stash
from app.dialect.rendering.typography import space_tree

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EXPLICIT_ID = re.compile(r"[ \u202f\u00a0]*\{#([a-z0-9-]+)\}\s*$")


class Page(Protocol):
    """What the texts of one page share while they are rendered."""

    used_ids: dict[str, int]
    """The ids given, and the last rank tried for each."""

    def address(self, target: str) -> str:
        """Give the address to write for the target of a link."""

    def show_media(self, root: Element, stash: Stash) -> None:
        """Put pictures and players where the text names media."""

    def finish(self, root: Element) -> None:
        """Mark what only this page has."""


class Polish(Treeprocessor):
    """Gives headings their ids, links their addresses, and text its spaces."""

    page: Page

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def run(self, root: Element) -> None:
        """Work on the whole tree."""
        self.page.show_media(root, self.md.htmlStash.store)
        for element in root.iter():
            if element.tag in HEADINGS:
                name_heading(element, self.page.used_ids)
            elif element.tag == "a":
                element.set("href", self.page.address(element.get("href", "")))
            elif element.tag in ("th", "td"):
                align(element)
        if self.language == "fr":
            space_tree(root)
        wrap_tables(root)
        self.page.finish(root)


def name_heading(element: Element, used_ids: dict[str, int]) -> None:
    """Give a heading its written id, or one made of its text."""
    last = element[-1] if len(element) else None
    text = (last.tail if last is not None else element.text) or ""
    explicit = EXPLICIT_ID.search(text)
    if explicit:
        text = text[: explicit.start()]
        if last is not None:
            last.tail = text
        else:
            element.text = text
    name = explicit[1] if explicit else heading_slug("".join(element.itertext()))
    base, rank = name, used_ids.get(name, 1)
    while name in used_ids:
        rank += 1
        name = f"{base}-{rank}"
    used_ids[base] = rank
    used_ids[name] = 1 if name != base else rank
    element.set("id", name)


def heading_slug(text: str) -> str:
    """Make an anchor of a heading's text; it keeps letters with accents."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-_") or "titre"


def align(cell: Element) -> None:
    """Say the alignment of a cell by a class, and the scope of a header."""
    side = cell.attrib.pop("align", None)
    if side:
        cell.set("class", f"align-{side}")
    if cell.tag == "th":
        cell.set("scope", "col")


def wrap_tables(root: Element) -> None:
    """Put each table in a box that may scroll sideways."""
    for parent in list(root.iter()):
        for rank, child in enumerate(list(parent)):
            if child.tag == "table" and parent.get("class") != "table":
                box = Element("div", {"class": "table"})
                box.tail, child.tail = child.tail, None
                parent.remove(child)
                box.append(child)
                parent.insert(rank, box)
