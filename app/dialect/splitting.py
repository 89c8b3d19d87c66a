"""Part a run of text where what stands under a heading is behind its reference."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.dialect.draft import ProseDraft
from app.dialect.source import Line

DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
"""A footnote or an address given apart: the text that uses it has to be rendered with it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that are rendered together."""

    lines: tuple[Line, ...]
    is_behind: bool


def split(block: ProseDraft, heading: int, behind: Collection[int]) -> list[Piece]:
    """Part a run of text; ``heading`` is the line of the heading over its beginning."""
    pieces = list(cut(block, heading, behind)) if behind else []
    if len(pieces) > 1 and not any(DEFINITION.match(line.text) for line in block.lines):
        return pieces
    return [Piece(tuple(block.lines), any(piece.is_behind for piece in pieces))]


def cut(block: ProseDraft, heading: int, behind: Collection[int]) -> Iterator[Piece]:
    """Cut a run of text wherever its state changes."""
    lines: list[Line] = []
    was_behind = heading in behind
    for line in block.lines:
        is_behind = line.number in behind if line.number in block.subheadings else was_behind
        if is_behind != was_behind and lines:
            yield Piece(tuple(lines), was_behind)
            lines = []
        was_behind = is_behind
        lines.append(line)
    if lines:
        yield Piece(tuple(lines), was_behind)
