"""The blocks of a GitHub-flavoured text: what they are, and how a line begins one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DEEPEST = 20

ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])([ \t]+|$)")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
QUOTE = re.compile(r" {0,3}> ?")
NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,200})\]:[ \t]*")
DELIMITER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
PIPE = re.compile(r"(?<!\\)\|")


class TooSlowError(Exception):
    """A text would take more time to render than it may."""


class TooHeavyError(TooSlowError):
    """A passage has so many lines and marks that its rendering is not even begun."""


class TooDeepError(Exception):
    """Lists and quotes are nested beyond what is read."""


class Lazy(str):
    """A line without its container's marks: it goes on with the paragraph above, whatever it is."""

    __slots__ = ()


@dataclass(slots=True)
class Leaf:
    """A block without blocks in it: ``paragraph``, ``heading``, ``rule``, ``code``, ``table``."""

    kind: str
    lines: list[str]


@dataclass(slots=True)
class Note:
    """A footnote: its label, and its lines without their indentation."""

    label: str
    lines: list[str]


@dataclass(slots=True)
class Quote:
    """A block quote, or a call-out."""

    children: list[Block]


@dataclass(slots=True)
class ListBlock:
    """A list; the mark tells its kind (``-``, ``*``, ``+``, ``.`` or ``)``)."""

    mark: str
    start: str
    items: list[list[Block]] = field(default_factory=list)
    loose: bool = False


Block = Leaf | Note | Quote | ListBlock


def indent(line: str) -> int:
    """Count the columns of blanks that begin a line."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def dedent(line: str, width: int) -> str:
    """Remove up to ``width`` columns of blanks."""
    expanded = line[: len(line) - len(line.lstrip())].expandtabs(4)
    return expanded[min(width, len(expanded)) :] + line.lstrip()


def begins_block(line: str) -> bool:
    """Tell whether a line begins something that ends a paragraph."""
    return indent(line) < 4 and any(
        pattern.match(line) for pattern in (FENCE, HEADING, QUOTE, RULE, ITEM, NOTE)
    )


def heads_table(header: str, rule: str) -> bool:
    """Tell whether two lines are the header of a table and the line under it."""
    if not PIPE.search(header) or "-" not in rule or not DELIMITER.match(rule):
        return False
    if ITEM.match(rule) or isinstance(rule, Lazy):
        return False
    return ("|" in rule or cells(header) == 1) and cells(header) == cells(rule)


def cells(row: str) -> int:
    """Count the cells of a table row."""
    bare = row.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return len(PIPE.findall(bare)) + 1
