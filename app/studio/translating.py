"""A translation beside its source, block by block, and what one act changes of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.dialect.following import BEHIND, Following, Pair
from app.dialect.messages import Message
from app.dialect.stretches import MARK, TO_TRANSLATE, Stretch, write_mark

MARK_WORD = re.compile(rf"\s*\b{MARK}=\S+?(?=[\s}}])")
NO_BRACES = re.compile(r"\s*\{\s*\}\s*$")
BEGINS = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s|\*\*[^*]{1,40}\*\*|#{1,6}\s|>\s?\[!")
"""What begins a cell: an answer or a row, a part, a heading, a call-out."""

TOLD = "T201"
"""What the state of a block says already."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of the source and what stands for it in the translation."""

    source: str
    own: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source, its translation, and where that stands."""

    number: int
    """Its rank on the page, from 1."""
    pair: Pair
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    """The lines of the translation that are written again, without the mark; one for each run."""
    problems: tuple[Message, ...]

    @property
    def following(self) -> Following:
        """Tell where the translation stands."""
        return self.pair.following

    @property
    def title(self) -> str:
        """Name it as the source does."""
        one = self.pair.source or self.pair.own
        return one.title if one else ""

    @property
    def kind(self) -> str:
        """Tell what is translated: ``title``, ``step``, ``section`` or ``item``."""
        one = self.pair.source or self.pair.own
        return one.kind if one else ""

    @property
    def needs_work(self) -> bool:
        """Tell whether somebody has something to do here."""
        return self.following in BEHIND or any(one.is_error for one in self.problems)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts, with its stretches."""

    text: str
    stretches: Sequence[Stretch]

    def runs(self, stretch: Stretch) -> list[str]:
        """Give the lines of a stretch, run by run."""
        lines = self.text.split("\n")
        return ["\n".join(lines[first - 1 : last]) for first, last in stretch.runs]


def list_blocks(
    source: Side, own: Side, pairs: Sequence[Pair], problems: Iterable[Message]
) -> tuple[list[Block], list[Message]]:
    """Put the two texts side by side; the problems that stand in no block come apart."""
    told = list(problems)
    blocks = []
    for number, pair in enumerate(pairs, start=1):
        theirs = source.runs(pair.source) if pair.source else []
        ours = own.runs(pair.own) if pair.own else []
        ours = [without_mark(ours[0]), *ours[1:]] if ours else []
        found = tuple(one for one in told if pair.own and holds(pair.own, one.line))
        told = [one for one in told if one not in found]
        shown = tuple(one for one in found if one.code != TOLD)
        blocks.append(Block(number, pair, cut(theirs, ours), tuple(ours), shown))
    return blocks, told


def holds(stretch: Stretch, line: int) -> bool:
    """Tell whether a line stands in a stretch."""
    return any(first <= line <= last for first, last in stretch.runs)


def cut(theirs: Sequence[str], ours: Sequence[str]) -> tuple[Cell, ...]:
    """Pair the pieces of two texts where they have as many; else the texts are one cell each."""
    one = [piece for run in theirs for piece in pieces_of(without_mark(run))]
    other = [piece for run in ours for piece in pieces_of(run)]
    if one and other and len(one) == len(other):
        return tuple(map(Cell, one, other))
    return (Cell("\n\n".join(map(without_mark, theirs)), "\n\n".join(ours)),)


def pieces_of(text: str) -> list[str]:
    """Part a text before each answer, part, heading, and after each blank line."""
    pieces: list[list[str]] = [[]]
    for line in text.split("\n"):
        if pieces[-1] and (BEGINS.match(line) or not line.strip()):
            pieces.append([])
        if line.strip():
            pieces[-1].append(line)
    return ["\n".join(piece) for piece in pieces if piece]


def without_mark(text: str) -> str:
    """Give a stretch as it is written by hand: its heading without the digest of its source."""
    heading, *rest = text.split("\n")
    if heading.startswith("#"):
        heading = NO_BRACES.sub("", MARK_WORD.sub("", heading).replace("{ ", "{"))
    return "\n".join([heading, *rest])


def say_up_to_date(own: Side, stretch: Stretch, digest: str) -> str:
    """Give the translation once a stretch is said to follow the source of this digest."""
    return rewrite(own, stretch, own.runs(stretch), digest)


def rewrite(own: Side, stretch: Stretch, typed: Sequence[str], mark: str) -> str:
    """Give the translation with other words in a stretch, and the mark that it then bears."""
    lines = own.text.split("\n")
    texts = [text.replace("\r\n", "\n").strip("\n") for text in typed]
    if mark and texts and texts[0].startswith("#"):
        heading, *rest = texts[0].split("\n")
        texts[0] = "\n".join([write_mark(heading, mark), *rest])
    pairs = list(zip(stretch.runs, texts, strict=True))
    for (first, last), text in reversed(pairs):
        lines[first - 1 : last] = text.split("\n")
    return "\n".join(lines)


def copy_missing(source: Side, own: Side, pairs: Sequence[Pair], missing: Stretch) -> str:
    """Give the translation with a stretch of the source where it belongs, to be translated."""
    heading, *rest = "\n\n".join(source.runs(missing)).split("\n")
    copied = [write_mark(heading, TO_TRANSLATE), *rest]
    after = place_for(pairs, missing)
    lines = own.text.rstrip("\n").split("\n")
    after = len(lines) if after is None else after
    following = next((line for line in lines[after:] if line.strip()), "#")
    if missing.kind == "item" and not following.startswith(("#", "---")):
        copied += ["", "---"]  # Else what follows would be read as a part of the question.
    before, behind = lines[:after], lines[after:]
    space = [""] if not behind or behind[0].strip() else []
    return "\n".join([*before, "", *copied, *space, *behind]).rstrip("\n") + "\n"


def place_for(pairs: Sequence[Pair], missing: Stretch) -> int | None:
    """Find the line after which a missing stretch goes; None for the end of the text."""
    ends = {
        first: pair.own.runs[min(rank, len(pair.own.runs) - 1)][1]
        for pair in pairs
        if pair.source is not None and pair.own is not None
        for rank, (first, _) in enumerate(pair.source.runs)
    }
    before = [first for first in ends if first < missing.line]
    return ends[max(before)] if before else None


def mark_unmarked(own: Side, pairs: Sequence[Pair]) -> str:
    """Give the translation once all that bears no mark is said to follow the present source."""
    text = own.text.split("\n")
    for pair in pairs:
        if pair.source and pair.own and pair.following is Following.UNMARKED:
            line = pair.own.line - 1
            text[line] = write_mark(text[line], pair.source.digest)
    return "\n".join(text)
