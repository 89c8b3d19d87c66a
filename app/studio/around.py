"""What stands around the modules of the content folder: lists, siblings, limits, today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from app.dialect.context import Context, glossary_files, read_context, unsure_articles
from app.dialect.sandbox.frames import Limits

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a module and may change what is said of it."""

    content: Path
    lists: Stamp
    siblings: tuple[str, ...]
    """Slugs of the modules that a module may name."""
    pass_mark: int
    today: date
    limits: Limits = field(compare=False)


def look_around(content: Path, pass_mark: int, today: date, limits: Limits) -> Around:
    """See what modules are checked against, without reading any."""
    lists = stamp_of([*content.glob("*.yml"), *glossary_files(content).values()])
    siblings = tuple(sorted(path.parent.name for path in content.glob("modules/*/module.md")))
    return Around(content, lists, siblings, pass_mark, today, limits)


@lru_cache(maxsize=4)
def read_lists(around: Around) -> Context:
    """Read the lists of the content folder, once as long as none changes."""
    return read_context(around.content, today=around.today, pass_mark=around.pass_mark)


@lru_cache(maxsize=4)
def unsure_of(around: Around) -> frozenset[str]:
    """List the keys of the articles to verify, once as long as no list changes."""
    return unsure_articles(around.content)


def stamp_of(paths: list[Path]) -> Stamp:
    """Tell files apart from what they were: their names, times and sizes."""
    found = []
    for path in sorted(paths):
        if path.is_file():
            facts = path.stat()
            found.append((path.as_posix(), facts.st_mtime_ns, facts.st_size))
    return tuple(found)
