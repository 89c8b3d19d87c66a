"""What makes a published question the same question: its id, its type, its key, its letters."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.dialect.compiled import AnyItem, Ticked
from app.dialect.items.registry import TYPES, type_of
from app.dialect.labels import fold

BLANKS = re.compile(r"[ \t\n]+")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is kept of a published item."""

    type: str
    key: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    """For items that are ticked: the digest of each choice's words, by its letter."""
    erratum: str = ""
    """The last correction that the author stated."""


class Breach(NamedTuple):
    """A published identity that does not hold any more, and nobody says why."""

    code: str
    """``P101`` an id that vanished, ``P102`` a key, ``P102-type``, ``P103`` a letter."""
    id: str
    letter: str = ""


def identify(item: AnyItem) -> Identity:
    """Give what there is to keep of an item."""
    kind = type_of(item)
    choices = item.choices if isinstance(item, Ticked) else ()
    return Identity(
        kind.name,
        tuple(BLANKS.sub(" ", part).strip(" ") for part in kind.key(item)),
        {choice.letter: digest_of(choice.html) for choice in choices},
        item.erratum,
    )


def digest_of(text: str) -> str:
    """Give a digest of the words of a text: accents, case and punctuation may be mended."""
    folded = fold(html.unescape(TAG.sub("", text) if "<" in text else text))
    words = "".join(filter(str.isalnum, folded))
    return hashlib.sha256((words or folded).encode()).hexdigest()[:12]


def find_breaches(
    published: Mapping[str, Identity], items: Iterable[AnyItem], *, gone: Iterable[str] = ()
) -> Iterator[Breach]:
    """List what was published and is another thing now, unless an item states what it is.

    ``gone`` names the ids that need not be there any more: only their use again is looked at.
    """
    present = {item.id: item for item in items}
    replaced = {name for item in present.values() for name in item.replaces}
    for name in published:
        if name not in present and name not in replaced and name not in gone:
            yield Breach("P101", name)
    for name, item in present.items():
        if name in published:
            yield from compare_identity(published[name], item)


def compare_identity(old: Identity, item: AnyItem) -> Iterator[Breach]:
    """Compare an item with what was published under its id."""
    new = identify(item)
    if new.erratum and new.erratum != old.erratum:
        return  # Each correction is stated anew: the text of an earlier one covers nothing.
    if new.type != old.type:
        yield Breach("P102-type", item.id)
        return
    if TYPES[new.type].differs(old.key, new.key):
        yield Breach("P102", item.id)
    for letter, digest in new.letters.items():
        if old.letters.get(letter, digest) != digest:
            yield Breach("P103", item.id, letter)
