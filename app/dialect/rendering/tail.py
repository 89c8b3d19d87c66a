"""The end of a quote, an item or a note being read."""

from __future__ import annotations

import re

from app.dialect.rendering.blocks import (
    DEEPEST,
    FENCE,
    HEADING,
    ITEM,
    QUOTE,
    RULE,
    Lazy,
    begins_block,
    heads_table,
    indent,
)

CLOSING_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")


class Tail:
    """Takes the lines of a container, and tells whether one without its marks may go on with it.

    It may where the last thing open is a paragraph, however deep.
    """

    def __init__(self, inner: list[str]) -> None:
        self.inner: list[str] = []
        self.in_paragraph = False
        self.in_table = False
        self.fence = ""
        for line in inner:
            self.add(line)

    def add(self, line: str) -> None:
        """Add a line that has the container's marks."""
        before = self.inner[-1] if self.inner else ""
        self.inner.append(line)
        if self.fence:
            closing = CLOSING_FENCE.match(line)
            if closing and closing[1].startswith(self.fence):
                self.fence = ""
            return
        self.in_table = bool(line.strip()) and (self.in_table or heads_table(before, line))
        text = innermost(line, in_paragraph=self.in_paragraph)
        fence = FENCE.match(text)
        if fence and indent(text) < 4:
            self.fence = fence[1]
        self.in_paragraph = not self.fence and not self.in_table and self.goes_on(line, text)

    def goes_on(self, line: str, text: str) -> bool:
        """Tell whether a line leaves a paragraph open."""
        if not text.strip() or HEADING.match(text) or RULE.match(text):
            return False
        return isinstance(line, Lazy) or self.in_paragraph or indent(text) < 4

    def takes(self, line: str) -> bool:
        """Tell whether a line without the container's marks goes on with its last paragraph."""
        if isinstance(line, Lazy):
            return True
        return self.in_paragraph and bool(line.strip()) and not begins_block(line)


def innermost(line: str, *, in_paragraph: bool) -> str:
    """Give a line without the marks of quotes and lists that begin it."""
    if isinstance(line, Lazy):
        return line
    for _ in range(DEEPEST):
        mark = None if RULE.match(line) else QUOTE.match(line) or ITEM.match(line)
        if mark is None or (in_paragraph and not line[mark.end() :].strip()):
            break  # An item without text does not interrupt a paragraph.
        line = line[mark.end() :]
    return line
