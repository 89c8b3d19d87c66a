"""Check that steps and items have an id, and find one for those that have none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.dialect.draft import Nameless, Outline
from app.dialect.headings import slug
from app.dialect.messages import Edit, Report
from app.dialect.source import Span

Parts = Iterable[tuple[Report, Outline]]


def check_names(parts: Parts, taken: set[str], lost: Collection[str], *, follows: bool) -> None:
    """Report the headings without an id; each is offered one made of its title.

    ``taken`` are the ids that serve already. Where published ids are ``lost`` a new one is not
    written without asking, unless it is one of them: the heading may have had another. What
    ``follows`` a reference takes its ids from there.
    """
    for report, outline in parts:
        for heading in outline.nameless:
            if follows:
                report.add(f"{heading.code}-reference", heading.heading.visible())
                continue
            near = free_name(heading.title.text, taken)
            safe = near in lost or not lost
            edits = (write_id(heading, near),) if safe and heading.title.text else ()
            report.add(heading.code, heading.heading.visible(), edits=edits, near=near)
            taken.add(near)


def free_name(title: str, taken: Collection[str]) -> str:
    """Make an id of a title that nothing else bears."""
    base = name = slug(title)
    rank = 2
    while name in taken:
        name, rank = f"{base}-{rank}", rank + 1
    return name


def write_id(heading: Nameless, name: str) -> Edit:
    """Give the edit that writes an id: in the braces, or after the title."""
    if heading.inside is not None:
        number, column, rest = heading.inside
        written = f"#{name} " if rest.strip() else f"#{name}"
    else:
        number, column, title = heading.title
        column, written = column + len(title), f" {{#{name}}}"
    return Edit(*Span(number, column, number, column), written)
