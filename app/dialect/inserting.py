"""Put a new item where it can stand in a text, with ids that nothing else has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.dialect.headings import slug
from app.dialect.item_templates import ItemTemplate
from app.dialect.items.registry import TYPES
from app.dialect.landmarks import Landmark, read_landmarks

NOT_A_PAGE = frozenset({"reflexe", "animation"})
BRACES = str.maketrans("{}", "()")
"""Braces end a heading: a title cannot hold them."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What an item must know of the rest of its module."""

    is_bank: bool = False
    steps: tuple[str, ...] = ()
    """Ids of the steps that can be read again, in order."""
    banks: tuple[tuple[str, int], ...] = ()
    """Each bank with the number of items that it holds."""
    taken: frozenset[str] = frozenset()
    """Ids that the module has already."""


class Insertion(NamedTuple):
    """What to insert, before which line (from 1), and the id of the new item."""

    line: int
    text: str
    id: str


def insert_item(
    text: str, template: ItemTemplate, title: str, wanted: int, around: Neighbourhood
) -> Insertion:
    """Write an item from its template, and find its place at or after the line wanted."""
    lines = text.split("\n")
    end = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 0)
    line, graded = find_place(read_landmarks(text), end, wanted, template.type, around)
    title = " ".join(title.translate(BRACES).split()) or template.title
    name = unused(slug(title), around.taken)
    item = [write_heading(template, title, name, around, graded=graded)]
    if any(template.body):
        item += rename_scenes(template, around.taken | {name})
    written = "\n".join(item) + "\n"
    if line <= end:
        after_blank = line == 1 or not lines[line - 2].strip()
        return Insertion(line, ("" if after_blank else "\n") + written + "\n", name)
    before = "" if not end else "\n" if end < len(lines) else "\n\n"
    return Insertion(line, before + written, name)


def with_insertion(text: str, insertion: Insertion) -> str:
    """Give a text once something is inserted."""
    before = text.split("\n")[: insertion.line - 1]
    start = min(sum(len(line) + 1 for line in before), len(text))
    return text[:start] + insertion.text + text[start:]


def find_place(
    landmarks: list[Landmark], last: int, wanted: int, kind: str, around: Neighbourhood
) -> tuple[int, bool]:
    """Give the line before which an item of this type can stand, and whether it counts there."""
    high = [one for one in landmarks if one.level <= 3]
    if around.is_bank:
        return next((one.line for one in high if one.line > wanted), last + 1), True
    steps = [one for one in landmarks if one.level == 2]
    if not steps:
        return last + 1, False
    here = max((n for n, one in enumerate(steps) if one.line <= wanted), default=0)
    chosen = choose_step(steps, here, kind)
    end = steps[chosen + 1].line if chosen + 1 < len(steps) else last + 1
    wanted = max(wanted, steps[chosen].line) if chosen == here else end
    line = next((one.line for one in high if wanted < one.line < end), end)
    return line, steps[chosen].kind == "evaluation"


def choose_step(steps: list[Landmark], here: int, kind: str) -> int:
    """Choose the step nearest to one, those before first, in which a type can stand."""
    order = [*range(here, -1, -1), *range(here + 1, len(steps))]
    return next((n for n in order if can_stand(kind, steps[n].kind)), here)


def can_stand(kind: str, step: str) -> bool:
    """Tell whether an item of this type can stand in this kind of step."""
    if kind == "draw":
        return step == "evaluation"
    return step not in NOT_A_PAGE and (step != "evaluation" or TYPES[kind].gradable)


def write_heading(
    template: ItemTemplate, title: str, name: str, around: Neighbourhood, *, graded: bool
) -> str:
    """Write the heading of an item with the options that its place asks for."""
    options = [f"#{name}"]
    if template.type == "draw":
        bank, held = around.banks[0] if around.banks else ("questions", 2)
        options += [f"banque={bank}", f"nombre={max(1, min(2, held))}"]
    else:
        options += [template.points] if template.points else []
        options += [f"voir={around.steps[0]}"] if graded and around.steps else []
    return f"{template.opening} {title} {{{' '.join(options)}}}"


def rename_scenes(template: ItemTemplate, taken: frozenset[str]) -> list[str]:
    """Write the body of an item, its scenes under ids that nothing else has."""
    names: dict[str, str] = {}
    for scene in template.scenes:
        names[scene] = unused(scene, taken | set(names.values()))

    def rename(found: re.Match[str]) -> str:
        return found[1] + names.get(found[2], found[2]) + found[3]

    place = re.compile(r"(^#### |\]\(#)([a-z0-9-]+)(\)|$)")
    return [place.sub(rename, line) for line in template.body]


def unused(name: str, taken: Iterable[str]) -> str:
    """Give an id that is not taken, with a number where it must."""
    rank, free = 2, name
    while free in taken:
        free, rank = f"{name}-{rank}", rank + 1
    return free
