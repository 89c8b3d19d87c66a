"""See where the steps and items of a text begin, by its headings alone, whatever its errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
BRACES = re.compile(r"\{([^{}]*)\}\s*$")
ID = re.compile(r"#([a-z0-9]+(?:-[a-z0-9]+)*)(?=\s|$)")
CLASS = re.compile(r"\.(evaluation|reflexe|animation)(?=\s|$)")
SCENE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")


class Landmark(NamedTuple):
    """A heading: its line from 1, its level, its words, its id (may be empty), its class."""

    line: int
    level: int
    title: str
    id: str
    kind: str


def read_landmarks(text: str) -> list[Landmark]:
    """List the headings of a text that stand outside fences; each line is looked at once."""
    found, fence = [], ""
    for number, line in enumerate(text.split("\n"), start=1):
        mark = FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence and (heading := HEADING.match(line)):
            found.append(read_landmark(number, len(heading[1]), heading[2].strip()))
    return found


def read_landmark(line: int, level: int, words: str) -> Landmark:
    """Read one heading."""
    end = words.rfind("{")
    braces = BRACES.match(words, end) if end >= 0 else None
    if braces is None:
        scene = words if level == 4 and SCENE.match(words) else ""
        return Landmark(line, level, words, scene, "")
    one, kind = ID.search(braces[1]), CLASS.search(braces[1])
    title = words[:end].strip()
    return Landmark(line, level, title, one[1] if one else "", kind[1] if kind else "")


def ids_in(texts: Iterable[str]) -> frozenset[str]:
    """List the ids that the headings of some texts hold."""
    return frozenset(one.id for text in texts for one in read_landmarks(text) if one.id)
