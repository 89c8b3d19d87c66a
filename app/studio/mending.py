"""Apply what a finding of the check proposes to a text."""

from __future__ import annotations

from collections.abc import Sequence

from app.dialect.fixes import apply_edits
from app.dialect.messages import Message


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
            return apply_edits(text.encode(), message.fix.edits).decode()
    return None
