"""How a translation follows its reference, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from app.dialect.stretches import TO_TRANSLATE, Stretch


class Following(StrEnum):
    """Where a stretch of a translation stands beside its reference."""

    FRESH = "fresh"
    STALE = "stale"
    UNMARKED = "unmarked"
    """Nothing says which text it translates."""
    UNTRANSLATED = "untranslated"
    """It holds the text of the reference."""
    MISSING = "missing"
    EXTRA = "extra"


BEHIND = frozenset({Following.STALE, Following.UNTRANSLATED, Following.MISSING})
"""What is to be done before the translation follows."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A stretch of the reference and the one that translates it."""

    source: Stretch | None
    own: Stretch | None

    @property
    def following(self) -> Following:
        """Tell where the translation stands."""
        if self.source is None:
            return Following.EXTRA
        if self.own is None:
            return Following.MISSING
        if self.own.mark == self.source.digest:
            return Following.FRESH
        if self.own.mark == TO_TRANSLATE:
            return Following.UNTRANSLATED
        if self.own.mark:
            return Following.STALE
        same = self.own.digest == self.source.digest
        return Following.UNTRANSLATED if same else Following.UNMARKED


def pair_up(theirs: Sequence[Stretch], ours: Sequence[Stretch]) -> list[Pair]:
    """Put each stretch of a text beside its translation, in the order of the reference.

    Ids tell what goes together; sub-headings without one are told apart by what they translate,
    else by their rank. Those of the translation alone come last.
    """
    mates = dict(by_name(theirs, ours))
    steps = dict.fromkeys(one.step for one in [*theirs, *ours])
    for step in steps:
        mates |= dict(by_rank(nameless(theirs, step), nameless(ours, step)))
    found = [Pair(one, mates.get(one)) for one in theirs]
    taken = {one.line for one in mates.values()}
    return [*found, *(Pair(None, one) for one in ours if one.line not in taken)]


def by_name(
    theirs: Iterable[Stretch], ours: Iterable[Stretch]
) -> Iterator[tuple[Stretch, Stretch]]:
    """Pair the stretches that have a name, and the titles."""
    known: dict[tuple[str, str], Stretch] = {}
    for one in ours:
        if not is_nameless(one):
            known.setdefault((one.kind, one.name), one)
    for one in theirs:
        mate = known.pop((one.kind, one.name), None)
        if mate is not None and not is_nameless(one):
            yield one, mate


def is_nameless(one: Stretch) -> bool:
    """Tell whether a stretch is a sub-heading without an id."""
    return one.kind == "section" and not one.name


def nameless(stretches: Iterable[Stretch], step: str) -> list[Stretch]:
    """List the sub-headings of a step that have no id."""
    return [one for one in stretches if one.step == step and is_nameless(one)]


def by_rank(
    theirs: Sequence[Stretch], ours: Sequence[Stretch]
) -> Iterator[tuple[Stretch, Stretch]]:
    """Pair sub-headings whose mark names its source, then those between them by their rank."""
    marks = [one.mark for one in ours]
    matcher = SequenceMatcher(None, [one.digest for one in theirs], marks, autojunk=False)
    for kind, start, end, own_start, own_end in matcher.get_opcodes():
        if kind in {"equal", "replace"}:
            for one, own in zip_longest(theirs[start:end], ours[own_start:own_end]):
                if one is not None and own is not None:
                    yield one, own


def is_marked(pairs: Sequence[Pair]) -> bool:
    """Tell whether each stretch of the translation says which text it translates."""
    return all(pair.own.mark for pair in pairs if pair.own is not None and pair.source is not None)
