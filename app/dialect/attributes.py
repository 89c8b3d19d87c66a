"""The braces that end a heading or a link: ``{#id .class key=value key="two words"}``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.dialect.source import Line, Span

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HAS_BRACE = re.compile(r"[{}]")
TOKEN = re.compile(r'[^\s"=]++="[^"]*"(?=\s|$)|\S+')


@dataclass(frozen=True, slots=True)
class Option:
    """One ``key=value`` and where it stands."""

    value: str
    span: Span


@dataclass(slots=True)
class Attributes:
    """What the braces say."""

    ids: list[Option] = field(default_factory=list)
    classes: list[Option] = field(default_factory=list)
    options: dict[str, Option] = field(default_factory=dict)
    strays: list[Option] = field(default_factory=list)
    """Words that are neither an id, a class nor an option, and repeated options."""
    sound: bool = True
    """Whether the braces were balanced."""

    def value(self, key: str) -> str | None:
        """Give the text of an option, if it is there."""
        option = self.options.get(key)
        return option.value if option else None


def is_id(text: str) -> bool:
    """Tell whether a text may be the id of a step, an item or a scene."""
    return len(text) <= 80 and ID.fullmatch(text) is not None


def split_braces(line: Line) -> tuple[Line, Line | None]:
    """Part the text of a line from what its final braces hold."""
    text = line.text.rstrip()
    if not text.endswith("}") or (start := text.rfind("{")) < 0:
        return line.cut(0, len(text)), None
    inside = line.cut(start + 1, len(text) - 1)
    return line.cut(0, len(text[:start].rstrip())), inside


def read_braces(line: Line) -> tuple[Line, Line | None, bool]:
    """Part a heading as `split_braces` does; tell whether no brace is lost."""
    title, inside = split_braces(line)
    if not HAS_BRACE.search(title.text) and not (inside and HAS_BRACE.search(inside.text)):
        return title, inside, True
    start = next((n for n, c in enumerate(line.text) if c in "{}"), 0)
    rest = line.cut(start)
    left = len(rest.text) - len(rest.text.lstrip("{}"))
    inner = rest.cut(left)
    stop = HAS_BRACE.search(inner.text)
    return line.cut(0, start).stripped(), inner.cut(0, stop.start() if stop else None), False


def read_attributes(inside: Line | None) -> Attributes:
    """Read what stands between the braces."""
    found = Attributes()
    if inside is None:
        return found
    for match in TOKEN.finditer(inside.text):
        token, span = match.group(), inside.span(match.start(), match.end())
        key, equals, value = token.partition("=")
        if token.startswith("#"):
            found.ids.append(Option(token[1:], span))
        elif token.startswith("."):
            found.classes.append(Option(token[1:], span))
        elif not equals or not key or key in found.options:
            found.strays.append(Option(token, span))
        else:
            quoted = len(value) > 1 and value[0] == value[-1] == '"'
            found.options[key] = Option(value[1:-1] if quoted else value, span)
    return found
