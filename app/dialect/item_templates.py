"""An item of each type to start from, cut out of the starter's texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.dialect.items.registry import SPOKEN, TYPES
from app.dialect.labels import fold
from app.dialect.starter import TEMPLATE_EN, TEMPLATE_FR

ITEM = re.compile(r"(### ([^:{}]+?) ?:) (.+) \{#[a-z0-9-]+([^{}]*)\}")
HIGHER = re.compile(r"#{1,3} |---$")
SCENE = re.compile(r"#### ([a-z0-9-]+)$")


@dataclass(frozen=True, slots=True)
class ItemTemplate:
    """A good item of a type, which its author changes word by word."""

    type: str
    opening: str
    """The heading up to its colon."""
    title: str
    points: str
    """The option as it is written; empty where the item earns one point."""
    body: tuple[str, ...]

    @property
    def scenes(self) -> tuple[str, ...]:
        """List the ids of the scenes that it brings."""
        return tuple(found[1] for line in self.body if (found := SCENE.match(line)))


def read_templates(text: str) -> dict[str, ItemTemplate]:
    """Cut the first item of each type out of a text that is known to be right."""
    found: dict[str, ItemTemplate] = {}
    lines = text.split("\n")
    for start, line in enumerate(lines):
        heading = ITEM.fullmatch(line)
        if heading is None:
            continue
        rest = lines[start + 1 :]
        end = next((n for n, one in enumerate(rest) if HIGHER.match(one)), len(rest))
        kind, points = SPOKEN[fold(heading[2])], re.search(r"points=\d+", heading[4])
        body = "\n".join(rest[:end]).strip("\n")
        template = ItemTemplate(
            kind, heading[1], heading[3], points[0] if points else "", tuple(body.split("\n"))
        )
        found.setdefault(kind, template)
    return {kind: found[kind] for kind in TYPES}


TEMPLATES: dict[str, dict[str, ItemTemplate]] = {
    "fr": read_templates(TEMPLATE_FR["module.md"]),
    "en": read_templates(TEMPLATE_EN["module.en.md"]),
}
"""By language, then by type, in the order of the types."""
