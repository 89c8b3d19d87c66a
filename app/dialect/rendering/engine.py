"""Python-Markdown, set up once per thread and language."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx.tilde import DeleteSubExtension

from app.dialect.rendering.callouts import mark_callouts
from app.dialect.rendering.notes import Notes
from app.dialect.rendering.tree import TreeParser
from app.dialect.rendering.typography import space_tree

Address = Callable[[str], str]

EXPLICIT_ID = re.compile(r"[ \u202f\u00a0]*\{#([a-z0-9-]+)\}\s*$")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Python-Markdown keeps some of them for its own marks."""
PUNCTUATION = list("\\`*_{}[]()>#+-.!\"$%&',/:;<=?@^|~")


def same(target: str) -> str:
    """Leave a target as it is."""
    return target


class Polish(Treeprocessor):
    """Gives headings their ids, images their addresses, and text its spaces."""

    language = "fr"
    address: Address = staticmethod(same)
    used_ids: dict[str, int]
    """The ids given, and the last rank tried for each."""

    def run(self, root: Element) -> None:
        """Work on the whole tree."""
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.name_heading(element)
            elif element.tag == "img":
                element.set("src", self.address(element.get("src", "")))
            elif element.tag == "a":
                element.set("href", self.address(element.get("href", "")))
            elif element.tag in ("th", "td"):
                align(element)
        if self.language == "fr":
            space_tree(root)
        wrap_tables(root)

    def name_heading(self, element: Element) -> None:
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
        base, rank = name, self.used_ids.get(name, 1)
        while name in self.used_ids:
            rank += 1
            name = f"{base}-{rank}"
        self.used_ids[base] = rank
        self.used_ids[name] = 1 if name != base else rank
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


class Callouts(Treeprocessor):
    """Turns the quotes that begin with a marker into call-outs."""

    language = "fr"

    def run(self, root: Element) -> None:
        """Work on the whole tree, before what stands inline is read."""
        mark_callouts(root, self.language)


class Dialect(Extension):
    """Takes out of Python-Markdown what the dialect does not have, and adds ours."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.notes = Notes(language)
        self.polish = Polish()

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Register the processors."""
        md.preprocessors.deregister("html_block")
        md.preprocessors.deregister("normalize_whitespace")
        md.inlinePatterns.deregister("html")
        md.parser = TreeParser(md, self.notes)
        self.notes.register(md)
        md.ESCAPED_CHARS = PUNCTUATION
        callouts = Callouts(md)
        callouts.language = self.language
        md.treeprocessors.register(callouts, "callouts", 30)
        self.polish.language = self.language
        md.treeprocessors.register(self.polish, "polish", -10)


class Engine:
    """One Python-Markdown for one language."""

    def __init__(self, language: str) -> None:
        dialect = Dialect(language)
        self.notes, self.polish = dialect.notes, dialect.polish
        self.markdown = markdown.Markdown(extensions=[DeleteSubExtension(subscript=False), dialect])

    def convert(self, text: str, address: Address, *, used_ids: dict[str, int], prefix: int) -> str:
        """Give the HTML of a text, not yet sanitised."""
        self.markdown.reset()
        self.notes.start(prefix)
        self.polish.address = address
        self.polish.used_ids = used_ids
        return self.markdown.convert(CONTROLS.sub("", text))


THREAD = threading.local()


def engine(language: str) -> Engine:
    """Give this thread's engine for a language."""
    engines: dict[str, Engine] | None = getattr(THREAD, "engines", None)
    if engines is None:
        engines = THREAD.engines = {}
    if language not in engines:
        engines[language] = Engine(language)
    return engines[language]
