"""French spacing and apostrophes: what a keyboard does not give."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

NARROW = "\u202f"
BLANKS = " \u00a0\u202f"
BEFORE = re.compile(rf"(?<=[^\s:;!?])[{BLANKS}]+(?=[;:?!%»])")
AFTER_OPEN = re.compile(rf"«[{BLANKS}]*(?=\S)")
BEFORE_CLOSE = re.compile(rf"(?<=[^\s«])[{BLANKS}]*»")
LEADING = re.compile(rf"^[{BLANKS}]+(?=[;:?!%»])")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=\w)")
ELIDED = re.compile(r"(?<=[^\W\d_])'$")
UNIT = re.compile(r"(?<=\d) (?=(?:€|(?:h|min|ans?)\b))")
ARTICLE = re.compile(r"(?<=\b[LRDA]\.) (?=\d)|(?<=\b[Aa]rt\.) (?=[\dLRD])")
TRAILING = re.compile(rf"«[{BLANKS}]*$")
VERBATIM = frozenset({"code", "pre", "kbd"})


def space(text: str) -> str:
    """Put the spaces and apostrophes of French typography in a text."""
    spaced = BEFORE.sub(NARROW, APOSTROPHE.sub("’", text))
    spaced = BEFORE_CLOSE.sub(f"{NARROW}»", spaced)
    spaced = ARTICLE.sub("\u00a0", UNIT.sub("\u00a0", spaced))
    return AFTER_OPEN.sub(f"«{NARROW}", spaced)


def space_inside(text: str, *, follows: bool, goes_on: bool) -> str:
    """Space a text that stands next to elements: some of its marks apply across them."""
    spaced = space(text)
    if follows:
        spaced = LEADING.sub(NARROW, spaced)
        if spaced.startswith("»"):
            spaced = NARROW + spaced
    if not goes_on:
        return spaced
    # What follows is an element: « l'**usage** », « « *mot* ».
    return TRAILING.sub(f"«{NARROW}", ELIDED.sub("’", spaced))


def space_tree(root: Element) -> None:
    """Space all the texts of a tree, but code and attributes."""
    for element in root.iter():
        if element.tag in VERBATIM:
            mark_verbatim(element)
    for element in root.iter():
        if element.text and element.tag not in VERBATIM and element.get("data-v") is None:
            element.text = space_inside(element.text, follows=False, goes_on=len(element) > 0)
        children = list(element)
        for rank, child in enumerate(children):
            if child.tail and element.get("data-v") is None and element.tag not in VERBATIM:
                goes_on = rank + 1 < len(children)
                child.tail = space_inside(child.tail, follows=True, goes_on=goes_on)
    for element in root.iter():
        element.attrib.pop("data-v", None)


def mark_verbatim(element: Element) -> None:
    """Note that what stands in a piece of code is left alone."""
    for inner in element.iter():
        inner.set("data-v", "")
