"""Read what a heading says: its label, its id, its options."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.dialect.attributes import Attributes, is_id
from app.dialect.compiled import CORPS
from app.dialect.draft import EVERYONE, Audience, Outline
from app.dialect.items.registry import SPOKEN
from app.dialect.labels import fold, nearest
from app.dialect.messages import Edit, Report
from app.dialect.options import check_options
from app.dialect.source import Line

NOT_A_SLUG = re.compile(r"[^a-z0-9]+")
MORE_COLONS = re.compile(r":(?:[: ]*:)?")


class Label(NamedTuple):
    """The type that a heading names, and the title after the colon."""

    type: str
    title: Line
    mistaken: Line | None = None
    """The word that stands for a label, when it is none."""


def slug(text: str) -> str:
    """Make an id out of a title."""
    return NOT_A_SLUG.sub("-", fold(text)).strip("-")[:60].strip("-") or "titre"


def recognise(title: Line, attributes: Attributes, level: int, report: Report) -> Label | None:
    """Tell whether a heading begins an item, and of which type."""
    word, colon, _ = title.text.partition(":")
    folded = fold(word)
    rest = title.cut(len(word) + 1).stripped()
    if not colon:
        return check_missing_colon(title, attributes, level, report)
    if level != 3:
        if folded in SPOKEN:
            report.add("Q102-level", title.span())
        return None
    if more := MORE_COLONS.match(rest.text):
        edits = (Edit(*rest.span(0, more.end()), ""),)
        report.add("Q102-colon", title.span(), edits=edits, label=word.strip())
    if folded in SPOKEN:
        return Label(SPOKEN[folded], rest)
    if nearest(word, SPOKEN) is None and not attributes.ids:
        return None
    return Label("unknown", rest, title.cut(0, len(word.rstrip())))


def check_missing_colon(
    title: Line, attributes: Attributes, level: int, report: Report
) -> Label | None:
    """Report a heading with an id that begins like an item's, without its colon."""
    folded = fold(title.text)
    label = next((one for one in SPOKEN if f"{folded} ".startswith(f"{one} ")), None)
    if label is None or level != 3 or not attributes.ids:
        return None
    report.add("Q102-colon", title.span(), label=label.capitalize())
    return Label("unknown", title)


def read_id(attributes: Attributes, outline: Outline, report: Report) -> str:
    """Give the id of a heading, and note it; empty when there is none to use."""
    for extra in attributes.ids[1:]:
        report.add("S108-id", extra.span, id=extra.value)
    if not attributes.ids:
        return ""
    first = attributes.ids[0]
    if not is_id(first.value):
        report.add("S108-id", first.span, id=first.value)
        return ""
    outline.ids.append((first.value, first.span))
    return first.value


def read_audience(attributes: Attributes, outline: Outline, report: Report) -> Audience:
    """Give the corps that ``corps=`` keeps; all of them without it."""
    option = attributes.options.get("corps")
    if option is None:
        return EVERYONE
    found = set()
    for name in option.value.split(","):
        if name.strip() in CORPS:
            found.add(name.strip())
            outline.corps.append((name.strip(), option.span))
        else:
            report.add("Q111", option.span, corps=name.strip())
    return frozenset(found) or EVERYONE


def check_heading_options(attributes: Attributes, report: Report) -> None:
    """Report what a plain sub-heading does not take."""
    check_options(attributes, ("corps", "source"), report)
