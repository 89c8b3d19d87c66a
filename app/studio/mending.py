"""Apply what a finding of the check proposes to a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.dialect.messages import Edit, Message


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Give a text with the edits made, the last place first so that the others do not move."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: (one.line, one.column), reverse=True):
        before = lines[edit.line - 1][: edit.column - 1]
        after = lines[edit.end_line - 1][edit.end_column - 1 :]
        lines[edit.line - 1 : edit.end_line] = (before + edit.text + after).split("\n")
    return "\n".join(lines)


def is_mendable(message: Message) -> bool:
    """Tell whether a finding comes with the edits that put it right."""
    return message.fix is not None and bool(message.fix.edits)


def name_of(message: Message) -> str:
    """Name a finding by its code and its place, as the button of its fix sends it."""
    return f"{message.code}:{message.line}:{message.column}"


def mend(text: str, messages: Sequence[Message], name: str) -> str | None:
    """Apply the fix of the finding of this name; None where there is no such finding any more."""
    for message in messages:
        if message.fix is not None and message.fix.edits and name_of(message) == name:
            return apply_edits(text, message.fix.edits)
    return None
