"""What the cases of messages are made of."""

from __future__ import annotations

from typing import NamedTuple

from tests.dialect.writing import FRONT, module


class Case(NamedTuple):
    """A text, the code it earns at the caret, and other codes that come with it."""

    code: str
    text: str
    others: tuple[str, ...] = ()
    banks: dict[str, str] = {}  # noqa: RUF012


def front(old: str, new: str) -> str:
    """Write a good module with a change in its front matter."""
    assert old in FRONT
    return module(front=FRONT.replace(old, new))
