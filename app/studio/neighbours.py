"""What a text of a draft shares with the others: their language, ids, steps and banks."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialect.inserting import NOT_A_PAGE, Neighbourhood
from app.dialect.landmarks import ids_in, read_landmarks
from app.studio.draft_texts import BANK_TEXT, MODULE_TEXT, language_of


def same_language(texts: Mapping[str, str], path: str) -> dict[str, str]:
    """Keep the texts that are in the language of one: a translation repeats ids, on purpose."""
    return {one: text for one, text in texts.items() if language_of(one) == language_of(path)}


def neighbourhood_of(texts: Mapping[str, str], path: str) -> Neighbourhood:
    """Gather what a new item of a text must know of the module."""
    texts = same_language(texts, path)
    module = next((text for one, text in texts.items() if MODULE_TEXT.fullmatch(one)), "")
    steps = (one for one in read_landmarks(module) if one.level == 2 and one.id)
    return Neighbourhood(
        is_bank=BANK_TEXT.fullmatch(path) is not None,
        steps=tuple(one.id for one in steps if one.kind not in NOT_A_PAGE | {"evaluation"}),
        banks=tuple(banks_in(texts).items()),
        taken=ids_in(texts.values()),
    )


def banks_in(texts: Mapping[str, str]) -> dict[str, int]:
    """Count the items of each bank."""
    found = {}
    for path, text in sorted(texts.items()):
        if bank := BANK_TEXT.fullmatch(path):
            found[bank["bank"]] = sum(one.level == 3 for one in read_landmarks(text))
    return found
