"""Read an SVG of ours against a strict list of what a diagram needs, and refuse all the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from app.dialect.media.sizes import Pixels
from app.dialect.source import Span

Problem = tuple[str, Span, dict[str, Any]]

SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"
MOST_PROBLEMS, DEEPEST = 20, 30
NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
LENGTH = rf"{NUMBER}(?:px|em|%)?"
COLOUR = r"none|currentColor|#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}"
WORD = r"[a-z-]{1,30}"
NAME = r"[A-Za-z][\w-]{0,60}"

VALUES = {
    "number": NUMBER,
    "numbers": rf"{LENGTH}(?:[\s,]+{LENGTH})*|none",
    "length": LENGTH,
    "colour": COLOUR,
    "word": WORD,
    "words": r"[A-Za-z][A-Za-z ]{0,60}",
    "name": NAME,
    "names": rf"{NAME}(?:\s+{NAME})*",
    "marker": rf"none|url\(#{NAME}\)",
    "path": r"[MmZzLlHhVvCcSsQqTtAa0-9eE\s,.+-]*",
    "points": r"[\d\s,.eE+-]*",
    "transform": r"(?:(?:translate|rotate|scale|matrix|skewX|skewY)\([\s\d,.eE+-]*\)[\s,]*)*",
    "angle": rf"auto(?:-start-reverse)?|{NUMBER}",
    "fonts": r"[\w\s,'\"-]{1,200}",
    "text": r"[^<>]*",
}
"""What an attribute may say; nothing in any of them can name another file."""
ATTRIBUTES = {
    "number": "opacity fill-opacity stroke-opacity stroke-miterlimit version",
    "numbers": "x y dx dy viewBox stroke-dasharray",
    "points": "points",
    "length": "width height cx cy r rx ry x1 y1 x2 y2 refX refY markerWidth markerHeight font-size "
    "stroke-width stroke-dashoffset textLength letter-spacing",
    "colour": "fill stroke color",
    "word": "fill-rule stroke-linecap stroke-linejoin font-style font-weight text-anchor "
    "dominant-baseline markerUnits lengthAdjust role aria-hidden vector-effect lang space",
    "words": "preserveAspectRatio",
    "name": "id",
    "names": "aria-labelledby aria-describedby",
    "marker": "marker-start marker-mid marker-end",
    "path": "d",
    "transform": "transform",
    "angle": "orient",
    "fonts": "font-family",
    "text": "aria-label",
}
ALLOWED = {
    name: re.compile(VALUES[kind]) for kind, names in ATTRIBUTES.items() for name in names.split()
}
ALLOWED["font-weight"] = re.compile(r"[a-z]{1,10}|[1-9]00")
ELEMENTS = frozenset({
    "svg", "g", "title", "desc", "defs", "marker", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan",
})  # fmt: skip


class DiagramReader:
    """Reads one SVG; what it may not hold is noted where it stands."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.size: Pixels | None = None
        self.depth = 0
        self.parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.XmlDeclHandler = self.read_declaration
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        parser.ProcessingInstructionHandler = self.refuse_instruction
        parser.StartNamespaceDeclHandler = self.read_namespace
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end

    def read(self, data: bytes) -> None:
        """Read the whole file; it stops at the first thing that is not plain XML."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            here = Span(error.lineno, error.offset + 1, error.lineno, error.offset + 2)
            self.note("L107-xml", here)
        except StopReadingError:
            return
        if self.size is None and not self.problems:
            self.note("L107-size", Span(1, 1, 1, 1))

    def note(self, key: str, place: Span | None = None, **values: str) -> None:
        """Keep a problem; after many of them, stop."""
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.problems.append((key, place or Span(line, column, line, column + 1), values))
        if len(self.problems) >= MOST_PROBLEMS:
            raise StopReadingError

    def read_declaration(self, _version: str, encoding: str | None, _alone: int) -> None:
        """Accept one encoding: a browser would follow another where this reading does not."""
        if encoding is not None and encoding.lower() != "utf-8":
            self.note("L107-encoding", encoding=encoding[:20])
            raise StopReadingError

    def refuse_doctype(self, *_: object) -> None:
        """Refuse a document type, and with it every entity, before any is read."""
        self.note("L107-doctype")
        raise StopReadingError

    def refuse_instruction(self, target: str, _text: str) -> None:
        """Refuse an instruction: one of them names a style sheet."""
        self.note("L107-element", name=f"?{target[:40]}")

    def read_namespace(self, prefix: str | None, address: str) -> None:
        """Refuse any other vocabulary than SVG, written without a prefix."""
        if prefix is not None or address != SVG:
            name = f"xmlns:{prefix}" if prefix else f"xmlns={address}"
            self.note("L107-attribute", name=name[:60])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Check an element and its attributes."""
        self.depth += 1
        space, _, local = name.rpartition(" ")
        is_root = self.depth == 1
        if space != SVG or local not in ELEMENTS or (local == "svg") != is_root:
            self.note("L107-element", name=local[:40])
        if self.depth > DEEPEST:
            self.note("L107-deep", limit=str(DEEPEST))
            raise StopReadingError
        for attribute, value in attributes.items():
            self.check_attribute(attribute, value)
        if is_root:
            self.size = read_size(attributes)

    def check_attribute(self, attribute: str, value: str) -> None:
        """Check one attribute and what it says."""
        space, _, local = attribute.rpartition(" ")
        is_known = space == "" or (space == XML and local in ("lang", "space"))
        if not is_known or local not in ALLOWED:
            self.note("L107-attribute", name=local[:40])
        elif not ALLOWED[local].fullmatch(value.strip()):
            self.note("L107-value", name=local, value=value[:60])

    def end(self, _name: str) -> None:
        """Close an element."""
        self.depth -= 1


class StopReadingError(Exception):
    """There is no point in reading on."""


def read_size(attributes: dict[str, str]) -> Pixels | None:
    """Read the size of a drawing from its root."""
    sides = [side(attributes.get(name, "")) for name in ("width", "height")]
    if not all(sides):
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        sides = [side(one) for one in box[2:]] if len(box) == 4 else []
    return Pixels(sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


def side(text: str) -> int:
    """Read a length in pixels, at least one; 0 where it is none."""
    found = re.fullmatch(r"(\d{1,5}(?:\.\d{1,6})?)(?:px)?", text.strip())
    return max(1, round(float(found[1]))) if found and float(found[1]) else 0


def check_diagram(data: bytes) -> tuple[Pixels | None, Iterator[Problem]]:
    """Give the size of a diagram, and what it holds that it may not."""
    reader = DiagramReader()
    reader.read(data)
    return reader.size, iter(reader.problems)
