"""Pictures: their size, so that the text does not jump, and when they are fetched."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.dialect.media.holdings import Holdings
from app.dialect.media.kinds import MediaKind, kind_of

FOLD = 700
"""How many characters of a page a screen shows, more or less, before one scrolls."""


def size_picture(image: Element, path: str, holdings: Holdings) -> None:
    """Say how large a picture of the module is; a diagram stands on a sheet of its own."""
    size = holdings.sizes.get(path)
    if size is not None:
        image.set("width", str(size.width))
        image.set("height", str(size.height))
    if kind_of(path) is MediaKind.DIAGRAM:
        image.set("class", "diagram")


def defer_pictures(root: Element, before: int) -> int:
    """Let the pictures wait that a reader has to scroll to; give the length of the page so far."""
    length = before
    for element, text in texts_of(root):
        if element is not None and element.tag == "img":
            if length > FOLD:
                element.set("loading", "lazy")
            length += FOLD  # What stands under a picture is out of sight.
        length += len(text)
    return length


def texts_of(element: Element) -> Iterator[tuple[Element | None, str]]:
    """Go through the elements with their texts, in the order of reading."""
    yield element, element.text or ""
    for child in element:
        yield from texts_of(child)
        yield None, child.tail or ""
