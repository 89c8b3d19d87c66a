"""Apply the safe fixes: those whose edits change what is written and nothing of what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from app.dialect.messages import Edit, Message
from app.dialect.source import BOM

LINE_END = re.compile(r"\r\n|\r|\n")
PASSES = 10
"""How often a module is read again: a fix may uncover another, never for long."""

Check = Callable[[Mapping[str, bytes]], Iterable[Message]]
"""Gives what there is to say of some files; paths are those of the files."""


def fix_files(
    files: Mapping[str, bytes], check: Check, *, only: Collection[str] | None = None
) -> tuple[dict[str, bytes], list[Message]]:
    """Give the files once fixed, and the messages whose fix was applied, in order.

    ``only`` names the files that may change; all of them without it.
    """
    fixed, applied = dict(files), []
    for _ in range(PASSES):
        done = fix_once(fixed, check(fixed), only)
        if not done:
            break
        applied += done
    return fixed, applied


def fix_once(
    files: dict[str, bytes], messages: Iterable[Message], only: Collection[str] | None
) -> list[Message]:
    """Apply the fixes of one reading to the files; list those that were applied."""
    by_path: dict[str, list[Message]] = {}
    for message in messages:
        if edits_of(message) and (only is None or message.path in only):
            by_path.setdefault(message.path, []).append(message)
    applied = []
    for path, found in by_path.items():
        kept = apart(found)
        edits = [edit for message in kept for edit in edits_of(message)]
        files[path] = apply_edits(files[path], edits)
        applied += kept
    return applied


def edits_of(message: Message) -> tuple[Edit, ...]:
    """Give the edits that come with a message."""
    return message.fix.edits if message.fix else ()


def apart(messages: Iterable[Message]) -> list[Message]:
    """Keep the messages whose edits do not touch those of the ones before."""
    kept: list[Message] = []
    taken: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for message in messages:
        places = [(edit.span[:2], edit.span[2:]) for edit in edits_of(message)]
        if any(a <= d and c <= b for a, b in places for c, d in taken):
            continue
        taken += places
        kept.append(message)
    return kept


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Give a file with the edits made; its byte order mark and line ends are kept."""
    text = data.decode("utf-8")
    mark = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    ends = list(LINE_END.finditer(text))
    starts = [0, *(end.end() for end in ends)]
    newline = ends[0].group() if ends else "\n"
    for edit in sorted(edits, key=lambda one: (one.line, one.column), reverse=True):
        start = starts[edit.line - 1] + edit.column - 1
        end = starts[edit.end_line - 1] + edit.end_column - 1
        text = text[:start] + edit.text.replace("\n", newline) + text[end:]
    return (mark + text).encode("utf-8")
