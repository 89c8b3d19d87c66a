"""Checks of one file, whatever its structure: bytes, sizes, links, tables, raw HTML."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.dialect.context import Context
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.source import Source, Span, read_source

Problem = tuple[str, Span, dict[str, Any]]


def decode(data: bytes, path: str, context: Context) -> tuple[Source, list[Problem]]:
    """Read the bytes of a file; a file that cannot be read gives an empty text."""
    if len(data) > context.largest_file:
        return read_source(path, ""), [("R101", WHOLE_FILE, {})]
    problems: list[Problem] = []
    text = data.decode("utf-8", errors="replace")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8", errors="replace")
        problems.append(("R105", place_after(before), {}))
    if "\x00" in text:
        problems.append(("R105-nul", place_after(text[: text.index("\x00")]), {}))
    source = read_source(path, text.replace("\x00", ""))
    for line in source.lines:
        if len(line.text) > context.longest_line:
            span = line.span(context.longest_line)
            problems.append(("R102", span, {"limit": context.longest_line}))
    return source, problems


def place_after(before: str) -> Span:
    """Give the place that follows a text."""
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    column = len(lines[-1]) + 1
    return Span(len(lines), column, len(lines), column + 1)


def check_text(report: Report, media: Collection[str], context: Context) -> None:
    """Check the links, images, tables and raw HTML of a file."""
