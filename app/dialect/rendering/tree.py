"""Build the tree of a text from its blocks; Python-Markdown then reads what stands in the lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from app.dialect.rendering.blocks import PIPE, Block, Leaf, ListBlock, Note, Quote
from app.dialect.rendering.brackets import tame
from app.dialect.rendering.gfm import read_blocks
from app.dialect.rendering.notes import Notes

CALLOUT = re.compile(r"\s*\[!([A-Za-z]+)\]\s*$")
CLOSING_MARKS = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
DEFINITION = re.compile(
    r"\[(?!\^)(?P<label>[^\[\]]{1,999})\]:[ \t]*(?:<(?P<angled>[^<>]*)>|(?P<bare>[^\s<]\S*))"
    r"(?:[ \t]+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\((?P<round>[^()]*)\)))?[ \t]*"
)


class TreeParser(BlockParser):
    """Stands in for Python-Markdown's own reading of blocks, which is not GitHub's."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self.notes = notes

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """Build the tree of a whole text."""
        self.root = Element("div")
        self.grow(self.root, read_blocks(list(lines)))
        for note in self.notes.unread():
            self.grow(note.element, read_blocks(note.lines))
        return ElementTree(self.root)

    def grow(self, parent: Element, blocks: list[Block], *, tight: bool = False) -> None:
        """Add blocks to an element; in a tight list a paragraph is not an element."""
        for block in blocks:
            if isinstance(block, Note):
                self.notes.define(block)
            elif isinstance(block, Quote):
                self.grow(SubElement(parent, "blockquote"), quoted(block))
            elif isinstance(block, ListBlock):
                self.grow_list(parent, block)
            else:
                self.grow_leaf(parent, block, tight=tight)

    def grow_list(self, parent: Element, block: ListBlock) -> None:
        """Add a list."""
        element = SubElement(parent, "ol" if block.start else "ul")
        if block.start and int(block.start) != 1:
            element.set("start", str(int(block.start)))
        for children in block.items:
            self.grow(SubElement(element, "li"), children, tight=not block.loose)

    def grow_leaf(self, parent: Element, block: Leaf, *, tight: bool) -> None:
        """Add a block without blocks in it."""
        if block.kind == "paragraph":
            self.grow_paragraph(parent, block.lines, tight=tight)
        elif block.kind == "heading":
            marks, title = block.lines
            heading = SubElement(parent, f"h{len(marks)}")
            heading.text = tame(CLOSING_MARKS.sub("", title.strip()))
        elif block.kind == "rule":
            SubElement(parent, "hr")
        elif block.kind == "table":
            grow_table(parent, block.lines)
        else:
            # Code goes to the stash, out of reach of the rest of the rendering.
            code = self.md.htmlStash.store(code_html(block.lines))
            SubElement(parent, "p").text = AtomicString(code)

    def grow_paragraph(self, parent: Element, lines: list[str], *, tight: bool) -> None:
        """Add a paragraph, once the definitions of links that begin it are taken out."""
        lines = self.take_definitions(lines)
        if not lines:
            return
        text = tame("\n".join(write_lines(lines)))
        if not tight:
            SubElement(parent, "p").text = text
        elif len(parent):
            parent[-1].tail = f"\n{text}"
        else:
            parent.text = text

    def take_definitions(self, lines: list[str]) -> list[str]:
        """Keep the definitions of links at the start of a paragraph; give its other lines."""
        count = 0
        for line in lines:
            found = DEFINITION.fullmatch(line.strip())
            if found is None:
                break
            label = " ".join(found["label"].split()).lower()
            title = found["double"] or found["single"] or found["round"] or ""
            target = found["bare"] if found["angled"] is None else found["angled"]
            self.md.references.setdefault(label, (target, title))
            count += 1
        return lines[count:]


def quoted(quote: Quote) -> list[Block]:
    """Give the blocks of a quote; the marker of a call-out is a paragraph of its own."""
    first = quote.children[0] if quote.children else None
    if isinstance(first, Leaf) and first.kind == "paragraph" and CALLOUT.match(first.lines[0]):
        marker = Leaf("paragraph", [first.lines[0].strip()])
        rest: list[Block] = [Leaf("paragraph", first.lines[1:])] if len(first.lines) > 1 else []
        return [marker, *rest, *quote.children[1:]]
    return quote.children


def grow_table(parent: Element, lines: list[str]) -> None:
    """Add a table: every row has as many cells as the header."""
    header, rule, *rows = lines
    sides = [read_side(cell) for cell in split_row(rule)]
    table = SubElement(parent, "table")
    grow_row(SubElement(table, "thead"), "th", header, sides)
    if rows:
        body = SubElement(table, "tbody")
        for row in rows:
            grow_row(body, "td", row, sides)


def grow_row(parent: Element, tag: str, row: str, sides: list[str]) -> None:
    """Add a row of a table."""
    element = SubElement(parent, "tr")
    cells = split_row(row)
    for rank, side in enumerate(sides):
        cell = SubElement(element, tag)
        if side:
            cell.set("align", side)
        cell.text = tame(cells[rank]) if rank < len(cells) else ""


def split_row(row: str) -> list[str]:
    """Give the cells of a row; an escaped bar is a bar, even in code."""
    bare = row.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [cell.strip().replace("\\|", "|") for cell in PIPE.split(bare)]


def read_side(cell: str) -> str:
    """Read the alignment of a column from its cell of the delimiter row."""
    left, right = cell.startswith(":"), cell.endswith(":")
    return "center" if left and right else "left" if left else "right" if right else ""


def write_lines(lines: list[str]) -> list[str]:
    """Give the lines of a paragraph, with hard breaks as two spaces."""
    written = []
    for rank, line in enumerate(lines):
        text = line.strip()
        last = rank == len(lines) - 1
        hard = line.endswith("  ")
        if text.endswith("\\") and not text.endswith("\\\\") and not last:
            text, hard = text[:-1].rstrip(), True
        written.append(text + ("  " if hard and not last else ""))
    return written


def code_html(lines: list[str]) -> str:
    """Give a block of code as HTML."""
    text = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<pre><code>{text}\n</code></pre>" if lines else "<pre><code></code></pre>"
