"""Read the blocks of a GitHub-flavoured text, container by container."""

from __future__ import annotations

import re

from app.dialect.rendering.blocks import (
    DEEPEST,
    FENCE,
    HEADING,
    ITEM,
    NOTE,
    QUOTE,
    RULE,
    Block,
    Lazy,
    Leaf,
    ListBlock,
    Note,
    Quote,
    TooDeepError,
    begins_block,
    dedent,
    heads_table,
    indent,
)
from app.dialect.rendering.tail import Tail


def read_blocks(lines: list[str], depth: int = 0) -> list[Block]:
    """Read the blocks of some lines; raise `TooDeepError` past the limit."""
    return BlockReader(lines, depth).read()


class BlockReader:
    """Goes through the lines of one container, once."""

    def __init__(self, lines: list[str], depth: int) -> None:
        if depth > DEEPEST:
            raise TooDeepError
        self.lines = lines
        self.depth = depth
        self.index = 0
        self.blocks: list[Block] = []
        self.paragraph: list[str] = []
        self.has_gap = False
        """Whether a blank line parts two of the blocks."""

    def read(self) -> list[Block]:
        """Read all the blocks."""
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if self.index and line.strip() and not self.lines[self.index - 1].strip():
                self.has_gap |= bool(self.blocks)
            self.read_line(line)
        self.close_paragraph()
        return self.blocks

    def close_paragraph(self) -> None:
        """End the paragraph being read."""
        if self.paragraph:
            self.blocks.append(Leaf("paragraph", self.paragraph))
            self.paragraph = []

    def add(self, block: Block) -> None:
        """Add a block after the paragraph being read."""
        self.close_paragraph()
        self.blocks.append(block)

    def read_line(self, line: str) -> None:
        """Read one line, and those that go with it."""
        if not line.strip():
            self.close_paragraph()
            self.index += 1
        elif isinstance(line, Lazy):
            self.paragraph.append(line)
            self.index += 1
        elif indent(line) >= 4:
            self.read_indented(line)
        elif FENCE.match(line):
            self.read_fence(line)
        elif heading := HEADING.match(line):
            self.add(Leaf("heading", [heading[1], line[heading.end() :]]))
            self.index += 1
        elif QUOTE.match(line):
            self.read_quote()
        elif note := NOTE.match(line):
            self.read_note(note)
        elif RULE.match(line):
            self.add(Leaf("rule", []))
            self.index += 1
        elif (item := ITEM.match(line)) and self.may_begin(item, line):
            self.read_list(item)
        elif self.begins_table():
            self.read_table()
        else:
            self.paragraph.append(line)
            self.index += 1

    def may_begin(self, item: re.Match[str], line: str) -> bool:
        """Tell whether a list may begin here: only some may interrupt a paragraph."""
        if not self.paragraph:
            return True
        return bool(line[item.end() :].strip()) and (item[2] in "-*+" or item[2][:-1] == "1")

    def read_indented(self, line: str) -> None:
        """Read indented code, or the next line of a paragraph."""
        if self.paragraph:
            self.paragraph.append(line)
            self.index += 1
            return
        code: list[str] = []
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if line.strip() and indent(line) < 4:
                break
            code.append(dedent(line, 4))
            self.index += 1
        while code and not code[-1].strip():
            code.pop()
        self.add(Leaf("code", code))

    def read_fence(self, line: str) -> None:
        """Read a fence up to its end, or to the end of what holds it."""
        opening = FENCE.match(line)
        marks = opening[1] if opening else "```"
        shift, code = indent(line), []
        self.index += 1
        while self.index < len(self.lines):
            line = self.lines[self.index]
            self.index += 1
            bare = line.strip()
            if bare.startswith(marks) and not bare.strip(marks[0]) and indent(line) < 4:
                break
            code.append(dedent(line, shift))
        self.add(Leaf("code", code))

    def read_quote(self) -> None:
        """Read a quote, with the lines that continue its last paragraph without a mark."""
        tail = Tail([])
        while self.index < len(self.lines):
            line = self.lines[self.index]
            mark = None if isinstance(line, Lazy) else QUOTE.match(line)
            if mark is None and not tail.takes(line):
                break
            tail.add(line[mark.end() :] if mark else Lazy(line))
            self.index += 1
        self.add(Quote(read_blocks(tail.inner, self.depth + 1)))

    def read_note(self, note: re.Match[str]) -> None:
        """Read a footnote, with the indented blocks that go on with it."""
        first = self.lines[self.index][note.end() :]
        self.index += 1
        inner, _ = self.go_on(first, 4)
        self.add(Note(note[1], inner))

    def read_list(self, first: re.Match[str]) -> None:
        """Read a list, all its items."""
        mark = first[2][-1]
        found = ListBlock(mark, first[2][:-1])
        blank = False
        while self.index < len(self.lines):
            line = self.lines[self.index]
            item = ITEM.match(line)
            if item is None or item[2][-1] != mark or RULE.match(line):
                break
            found.loose |= blank
            inner, blank = self.read_item(item)
            reader = BlockReader(inner, self.depth + 1)
            found.items.append(reader.read())
            found.loose |= reader.has_gap
            while self.index < len(self.lines) and not self.lines[self.index].strip():
                self.index += 1
        self.add(found)

    def read_item(self, item: re.Match[str]) -> tuple[list[str], bool]:
        """Take the lines of one item, without its mark; tell whether a blank line follows."""
        line = self.lines[self.index]
        spaces = indent(item[3])
        offset = len(item[1]) + len(item[2]) + (spaces if 1 <= spaces <= 4 else 1)
        rest = line[item.end() :] if spaces <= 4 else item[3][1:] + line[item.end() :]
        self.index += 1
        inner, blank = self.go_on(rest, offset)
        return inner, blank and self.index < len(self.lines)

    def go_on(self, first: str, offset: int) -> tuple[list[str], bool]:
        """Take the lines that go on with an item or a note; tell whether a blank one ends it."""
        tail = Tail([first])
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if not line.strip():
                if not first.strip() and len(tail.inner) == 1:
                    return tail.inner, True
                tail.add("")
            elif indent(line) >= offset and not isinstance(line, Lazy):
                tail.add(dedent(line, offset))
            elif tail.takes(line):
                tail.add(Lazy(line))
            else:
                break
            self.index += 1
        inner, blank = tail.inner, False
        while len(inner) > 1 and not inner[-1].strip():
            inner.pop()
            blank = True
        return inner, blank

    def begins_table(self) -> bool:
        """Tell whether the line is the header of a table."""
        if self.index + 1 >= len(self.lines):
            return False
        return heads_table(self.lines[self.index], self.lines[self.index + 1])

    def read_table(self) -> None:
        """Read a table up to a blank line or another block."""
        rows = [self.lines[self.index].strip(), self.lines[self.index + 1].strip()]
        self.index += 2
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if not line.strip() or begins_block(line):
                break
            rows.append(line.strip())
            self.index += 1
        self.add(Leaf("table", rows))
