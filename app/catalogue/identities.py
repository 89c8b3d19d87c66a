"""Hold what was published of a question: its id, its key, its letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.catalogue.publishing import PublicationError
from app.dialect.compiled import AnyItem, CompiledModule
from app.dialect.identity import Breach, Identity, find_breaches, identify


class IdentityLost(PublicationError):
    """A published question vanished or became another one, and no question says so."""

    def __init__(self, breaches: tuple[Breach, ...], titles: Mapping[str, str]) -> None:
        super().__init__("what was published is another thing now")
        self.breaches = breaches
        self.titles = titles
        """The titles of the questions concerned, by id."""


def brings_names(before: CompiledModule, after: CompiledModule) -> bool:
    """Tell whether an id or a letter is new: an older version may have used it."""
    known = {item.id: letters_of(item) for item in before.every_item()}
    return any(letters_of(item) - known.get(item.id, set()) for item in after.every_item())


def letters_of(item: AnyItem) -> set[str]:
    """List the letters of an item; every item has the empty one."""
    return {"", *identify(item).letters}


def check_identities(history: Sequence[CompiledModule], module: CompiledModule) -> None:
    """Raise what a module makes of questions published before, unless it says what it is.

    ``history`` holds versions, the latest first. An id that an earlier one lost needs no word
    more, but neither it nor a letter may serve for something else. A key that differs from the
    latest version's is left to `settle_kind`: the publication may be called an erratum.
    """
    published = gather(history)
    latest = {item.id for version in history[:1] for item in version.every_item()}
    found = find_breaches(published, module.every_item(), gone=published.keys() - latest)
    breaches = tuple(one for one in found if one.code != "P102" or one.id not in latest)
    if breaches:
        items = [item for version in (*reversed(history), module) for item in version.every_item()]
        raise IdentityLost(breaches, {item.id: item.title for item in items})


def gather(history: Sequence[CompiledModule]) -> dict[str, Identity]:
    """Give what the versions published of each id, the latest word on each letter winning."""
    published: dict[str, Identity] = {}
    for version in history:
        for item in version.every_item():
            older, newer = identify(item), published.get(item.id)
            if newer is None:
                published[item.id] = older
            elif newer.type == older.type:
                letters = {**older.letters, **newer.letters}
                published[item.id] = replace(newer, letters=letters)
    return published


def corrected_items(
    before: Mapping[str, CompiledModule], after: Mapping[str, CompiledModule]
) -> set[str]:
    """List the items that say why what was published of them was wrong, in words not yet used."""
    return {
        item.id
        for language, module in after.items()
        for item in module.every_item()
        if item.erratum and item.erratum != stated_before(before.get(language), item.id)
    }


def stated_before(module: CompiledModule | None, item_id: str) -> str:
    """Give the correction that a published item states."""
    item = module.item(item_id) if module else None
    return item.erratum if item else ""
