"""Write blocks again in the Markdown that Python-Markdown reads as GitHub does."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.dialect.rendering.blocks import Block, Leaf, ListBlock, Quote
from app.dialect.rendering.brackets import tame

Stash = Callable[[str], str]

CALLOUT = re.compile(r"\s*\[!([A-Za-z]+)\]\s*$")
DANGEROUS_START = re.compile(r"(?:#|=|>|[-+*](?=\s|$)|:)")
NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
CODE_SPAN = re.compile(r"(`+)(?!`)")


class Writer:
    """Writes blocks; code goes to the stash, out of reach of the rest of the rendering."""

    def __init__(self, stash: Stash) -> None:
        self.stash = stash

    def write(self, blocks: list[Block], *, tight: bool = False) -> list[str]:
        """Give the lines of some blocks."""
        lines: list[str] = []
        before: Block | None = None
        for block in blocks:
            written = self.write_block(block)
            if before is not None and not (tight and hangs_on(before, block)):
                lines.append("")
                if runs_into(before, block):
                    lines += [self.stash("<!-- -->"), ""]
            lines += written
            before = block
        return lines

    def write_block(self, block: Block) -> list[str]:
        """Give the lines of one block."""
        if isinstance(block, Quote):
            return [f"> {line}".rstrip() for line in self.write_quote(block)]
        if isinstance(block, ListBlock):
            return self.write_list(block)
        return self.write_leaf(block)

    def write_leaf(self, block: Leaf) -> list[str]:
        """Give the lines of a block without blocks in it."""
        if block.kind == "code":
            return [self.stash(code_html(block.lines))]
        if block.kind == "heading":
            marks, title = block.lines
            return [f"{marks} {tame(title.strip())}"]
        if block.kind == "rule":
            return ["---"]
        if block.kind == "table":
            return [tame(row) for row in block.lines]
        return tame("\n".join(write_paragraph(block.lines))).split("\n")

    def write_quote(self, quote: Quote) -> list[str]:
        """Give the lines of a quote; the marker of a call-out stands in a paragraph of its own."""
        first = quote.children[0] if quote.children else None
        if isinstance(first, Leaf) and first.kind == "paragraph" and CALLOUT.match(first.lines[0]):
            rest: list[Block] = list(quote.children[1:])
            if len(first.lines) > 1:
                rest.insert(0, Leaf("paragraph", first.lines[1:]))
            return [first.lines[0].strip(), "", *self.write(rest)]
        return self.write(quote.children)

    def write_list(self, block: ListBlock) -> list[str]:
        """Give the lines of a list, four columns for each level."""
        lines: list[str] = []
        inner_before: list[str] = []
        for rank, children in enumerate(block.items):
            mark = f"{int(block.start) + rank}." if block.start else "-"
            inner = self.write(children, tight=not block.loose) or [""]
            if rank and (block.loose or "" in inner_before):
                lines.append("")
            lines.append(f"{mark:<3} {inner[0]}")
            lines += [f"    {line}" if line else "" for line in inner[1:]]
            inner_before = inner
        return lines


def hangs_on(before: Block, block: Block) -> bool:
    """Tell whether a block of a tight list stays on the paragraph before it."""
    if not isinstance(before, Leaf) or before.kind != "paragraph":
        return False
    return isinstance(block, ListBlock) or (isinstance(block, Leaf) and block.kind == "code")


def runs_into(before: Block, block: Block) -> bool:
    """Tell whether Python-Markdown would make one of two blocks that follow each other."""
    if isinstance(before, Quote) and isinstance(block, Quote):
        return True
    return isinstance(before, ListBlock) and isinstance(block, ListBlock)


def write_paragraph(lines: list[str]) -> list[str]:
    """Give the lines of a paragraph, with hard breaks as two spaces, and no other structure."""
    written = []
    for rank, line in enumerate(lines):
        text = line.strip()
        last = rank == len(lines) - 1
        hard = line.endswith("  ")
        if text.endswith("\\") and not text.endswith("\\\\") and not last:
            text, hard = text[:-1].rstrip(), True
        if rank == 1 and not set(text) - set("|:- "):
            text = f"\\{text}"  # Python-Markdown would make a table of the paragraph.
        text = guard(text, first=rank == 0)
        written.append(text + ("  " if hard and not last else ""))
    return written


def guard(text: str, *, first: bool) -> str:
    """Escape what would begin another block than a paragraph."""
    if not text.startswith("[") and DANGEROUS_START.match(text):
        return "\\" + text
    number = NUMBERED.match(text)
    if number and (first or number[2] == "."):
        return f"{number[1]}\\{text[number.end(1) :]}"
    return text


def code_html(lines: list[str]) -> str:
    """Give a block of code as HTML."""
    text = "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<pre><code>{text}\n</code></pre>" if lines else "<pre><code></code></pre>"
