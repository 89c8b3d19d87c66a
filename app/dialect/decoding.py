"""Read the bytes of a file, within limits."""

from __future__ import annotations

from typing import Any

from app.dialect.context import Context
from app.dialect.messages import WHOLE_FILE
from app.dialect.source import Source, Span, read_source

Problem = tuple[str, Span, dict[str, Any]]


def decode(data: bytes, path: str, context: Context) -> tuple[Source, list[Problem]]:
    """Read the bytes of a file; one that is too large gives an empty text."""
    if len(data) > context.largest_file:
        return read_source(path, ""), [("R101", WHOLE_FILE, {})]
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        text = data.decode("utf-8", errors="replace")
        before = data[: problem.start].decode("utf-8", errors="replace")
        problems.append(("R105", place_after(before), {}))
    if "\x00" in text:
        problems.append(("R105-nul", place_after(text[: text.index("\x00")]), {}))
    source = read_source(path, text.replace("\x00", "\ufffd"))
    limit = context.longest_line
    for line in source.lines:
        if len(line.text) > limit:
            problems.append(("R102", line.span(limit), {"limit": limit}))
    return source, problems


def place_after(before: str) -> Span:
    """Give the place that follows a text."""
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    column = len(lines[-1]) + 1
    return Span(len(lines), column, len(lines), column + 1)
