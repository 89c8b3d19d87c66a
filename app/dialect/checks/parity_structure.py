"""Compare the steps and items of a translation with those of its reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from app.dialect.checks.parity_items import compare_options, say_corps
from app.dialect.checks.sections import subheadings
from app.dialect.draft import (
    EVERYONE,
    ItemDraft,
    Outline,
    StepDraft,
    SubheadingDraft,
)
from app.dialect.drafting import Draft
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.source import Span


class Place(NamedTuple):
    """Where an item stands."""

    bank: str
    """Empty in the main file."""
    step: str
    item: ItemDraft
    report: Report

    @property
    def holder(self) -> tuple[str, str]:
        """Name the bank or the step that holds the item."""
        return self.bank, self.step


Places = dict[str, Place]
"""The items of one language, by id, in the order of its files."""


def places_of(draft: Draft) -> Places:
    """Find where each item stands."""
    files = [("", draft.main, draft.outline)]
    files += [(name, report, outline) for name, (report, outline) in draft.banks.items()]
    found: Places = {}
    for name, report, outline in files:
        for step in outline.steps:
            for item in step.items():
                if item.id:
                    found.setdefault(item.id, Place(name, step.id, item, report))
    return found


def compare_steps(old: Outline, new: Outline, report: Report) -> None:
    """Report steps that are missing, too many, elsewhere, or for others."""
    theirs = {step.id: step for step in old.steps if step.id}
    ours = {step.id: step for step in new.steps if step.id}
    names = list(theirs)
    for rank, name in enumerate(names):
        if name not in ours:
            after = next((ours[one].place for one in names[rank + 1 :] if one in ours), None)
            title = new.title.visible() if new.title else WHOLE_FILE
            report.add("T101-step", after or title, id=name)
    for name, step in ours.items():
        if name not in theirs:
            report.add("T101-extra", step.place, id=name)
        else:
            compare_step(theirs[name], step, report)
    stray = first_stray(names, list(ours))
    if stray:
        report.add("T101-order", ours[stray].place, id=stray)


def first_stray(theirs: Sequence[str], ours: Sequence[str]) -> str | None:
    """Find the first of our names that comes in another order; the others follow from it."""
    kept = set(theirs) & set(ours)
    pairs = zip((one for one in theirs if one in kept), (one for one in ours if one in kept),
                strict=True)  # fmt: skip
    return next((mine for other, mine in pairs if other != mine), None)


def compare_step(old: StepDraft, new: StepDraft, report: Report) -> None:
    """Report a step of another kind, for others, or whose sub-headings are for others."""
    if old.kind != new.kind:
        report.add("T101", new.place, key="class", theirs=f".{old.kind}", ours=f".{new.kind}")
    compare_options(old.attributes, new.attributes, {"corps": ""}, new.place, report)
    theirs, ours = subheadings(old), subheadings(new)
    if len(theirs) != len(ours):
        theirs, ours = kept_for_some(theirs), kept_for_some(ours)
    for other, mine in zip_longest(theirs, ours):
        audience = (other.audience if other else None) or EVERYONE
        if mine is None:
            report.add("T101-sections", new.place, theirs=say_corps(audience))
            return
        if audience != (mine.audience or EVERYONE):
            report.add("T101-section", mine.line.visible(), theirs=say_corps(audience))
            return


def kept_for_some(found: Iterable[SubheadingDraft]) -> list[SubheadingDraft]:
    """List the sub-headings that say for whom they are."""
    return [one for one in found if one.audience is not None]


def compare_items(theirs: Places, ours: Places, translation: Draft) -> None:
    """Report items that are missing, too many, or elsewhere."""
    steps = {step.id: step for step in translation.outline.steps}
    for name in missing(theirs, ours):
        bank, step = theirs[name].holder
        if bank in translation.banks:
            report = translation.banks[bank][0]
            report.add("T101-item", place_after(name, theirs, ours), id=name)
        elif not bank and step in steps:
            translation.main.add("T101-item", steps[step].place, id=name)
    holders: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for name, place in ours.items():
        if name not in theirs:
            place.report.add("T101-extra", place.item.place, id=name)
        elif place.holder == theirs[name].holder:
            holders.setdefault(place.holder, ([], []))[1].append(name)
        elif theirs[name].bank or theirs[name].step in steps:
            place.report.add("T101-moved", place.item.place, id=name)
    for name, place in theirs.items():
        if name in ours and place.holder == ours[name].holder:
            holders[place.holder][0].append(name)
    for expected, found in holders.values():
        stray = first_stray(expected, found)
        if stray:
            ours[stray].report.add("T101-order", ours[stray].item.place, id=stray)


def missing(theirs: Places, ours: Places) -> Iterator[str]:
    """Go through the items of the reference that the translation has not."""
    return (name for name in theirs if name not in ours)


def place_after(name: str, theirs: Places, ours: Places) -> Span:
    """Find, in a translated bank, the heading that follows the place of a missing item."""
    holder = theirs[name].holder
    names = [one for one, place in theirs.items() if place.holder == holder]
    after = names[names.index(name) + 1 :]
    following = (ours[one] for one in after if one in ours and ours[one].holder == holder)
    found = next(following, None)
    return found.item.place if found else WHOLE_FILE
