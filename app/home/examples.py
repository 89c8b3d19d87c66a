"""Cases of exemplary conduct, taken from the published modules that an agent may read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from app.catalogue.editions import Edition
from app.dialect.compiled import Prose, Step, sees

OPENING = '<div class="callout callout--exemple">'
DIV = re.compile(r"<(/?)div\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A call-out of a module, as the dialect rendered it."""

    html: str
    corps: tuple[str, ...]
    """Whom its step and its passage are kept for; empty for everyone."""
    slug: str
    module_title: str
    language: str


FOUND: WeakKeyDictionary[Edition, tuple[Example, ...]] = WeakKeyDictionary()


def examples_of(edition: Edition) -> tuple[Example, ...]:
    """List the examples of an edition, looked for once and kept with it."""
    found = FOUND.get(edition)
    if found is None:
        found = FOUND[edition] = tuple(
            Example(html, corps, edition.slug, edition.title, edition.language)
            for step in edition.module.steps
            for html, corps in find_in_step(step)
        )
    return found


def find_in_step(step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the examples of a step, each with those who see it."""
    for block in step.blocks:
        if isinstance(block, Prose):
            for html in callouts_in(block.html):
                yield html, meeting(step.corps, block.corps)


def meeting(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the corps of two audiences; an empty one says everyone."""
    if not one or not other:
        return one or other
    return tuple(corps for corps in one if corps in other) or ("",)


def callouts_in(html: str) -> Iterator[str]:
    """Cut the call-outs « exemple » out of sanitised HTML, each whole.

    One with an anchor of its own (a footnote) stays in its step, where its other end is.
    """
    start = html.find(OPENING)
    while start >= 0:
        end = closing_of(html, start)
        part = html[start:end]
        if " id=" not in part and 'href="#' not in part:
            yield part
        start = html.find(OPENING, end)


def closing_of(html: str, start: int) -> int:
    """Find where the div that opens at ``start`` is closed."""
    depth = 0
    for tag in DIV.finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html.index(">", tag.start()) + 1
    return len(html)


def choose_example(editions: Sequence[Edition], *, corps: str, turn: int) -> Example | None:
    """Choose one of the examples that a corps sees; another one at each turn."""
    shown = [
        example
        for edition in editions
        for example in examples_of(edition)
        if sees(example.corps, corps)
    ]
    return shown[turn % len(shown)] if shown else None
