"""Compare an item of a translation with that of its reference."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialect.attributes import Attributes
from app.dialect.checks.letters import TICKED
from app.dialect.compiled import CORPS, Matching, Number
from app.dialect.draft import EVERYONE, Audience, ItemDraft, SceneDraft
from app.dialect.items.registry import TYPES
from app.dialect.labels import YES_NO
from app.dialect.messages import Report
from app.dialect.source import Span
from app.dialect.unrendered import unrendered

OPTIONS = {"points": "1", "voir": "", "corps": "", "melange": "oui", "banque": "", "nombre": ""}
"""What an item says to the platform, and what silence means."""


def compare_item(old: ItemDraft, new: ItemDraft, report: Report, *, is_sound: bool) -> None:
    """Report what an item says that its reference does not, or not so."""
    if old.type not in TYPES or new.type not in TYPES:
        return
    if old.type != new.type:
        report.add("T101-type", new.place, id=new.id, type=TYPES[old.type].labels[0])
        return
    compare_options(old.attributes, new.attributes, OPTIONS, new.place, report)
    if not is_sound:
        return
    if new.type in TICKED:
        compare_letters(old, new, report)
    compare_keys(old, new, report)
    if new.type == "dilemma":
        compare_scenes(old, new, report)


def compare_options(
    old: Attributes, new: Attributes, known: Mapping[str, str], place: Span, report: Report
) -> None:
    """Report the options whose meaning differs, where they stand or at the heading."""
    for name, silence in known.items():
        theirs, ours = old.value(name) or silence, new.value(name) or silence
        option = new.options.get(name)
        span = option.span if option else place
        if meaning(name, theirs) != meaning(name, ours) and not report.has_error_at(span):
            report.add("T101", span, key=name, theirs=theirs or "–", ours=ours or "–")


def meaning(name: str, value: str) -> object:
    """Give what the value of an option means, however it is written."""
    if name == "corps":
        return frozenset(one.strip() for one in value.split(",") if one.strip()) or EVERYONE
    return YES_NO.get(value, True) if name == "melange" else value


def say_corps(audience: Audience) -> str:
    """Name the corps of an audience."""
    return ", ".join(corps for corps in CORPS if corps in audience)


def compare_letters(old: ItemDraft, new: ItemDraft, report: Report) -> None:
    """Report letters that only one of the two has."""
    theirs, ours = ([choice.letter for choice in item.choices] for item in (old, new))
    for letter in theirs:
        if letter not in ours:
            report.add("T102", new.place, letter=letter)
    for choice in new.choices:
        if choice.letter not in theirs:
            report.add("T102-extra", choice.line.visible(), letter=choice.letter)


def compare_keys(old: ItemDraft, new: ItemDraft, report: Report) -> None:
    """Report a key that is not that of the reference.

    Short answers have no shape: each language accepts its own words.
    """
    if new.type in TICKED:
        credits = {choice.letter: choice.credit for choice in old.choices}
        for choice in new.choices:
            if credits.get(choice.letter, choice.credit) != choice.credit:
                report.add("T103", choice.line.visible())
        return
    kind, theirs, ours = TYPES[new.type], unrendered(old), unrendered(new)
    if kind.shape(theirs) == kind.shape(ours):
        return
    if isinstance(theirs, Number):
        place = new.parts["answer"][0].visible()
        report.add("T103-number", place, theirs=theirs.shown)
    elif not (isinstance(theirs, Matching) and isinstance(ours, Matching)) or (
        len(theirs.pairs), len(theirs.rights)
    ) != (len(ours.pairs), len(ours.rights)):  # fmt: skip
        report.add("T103-count", new.place)
    else:
        rows = [row for row in new.rows if row.text]
        for row, other, mine in zip(rows, theirs.pairs, ours.pairs, strict=True):
            if other.right != mine.right:
                report.add("T103", row.line.visible())


def compare_scenes(old: ItemDraft, new: ItemDraft, report: Report) -> None:
    """Report scenes and branches that are not those of the reference."""
    theirs = {scene.id: scene for scene in old.scenes}
    ours = {scene.id: scene for scene in new.scenes}
    for name in theirs:
        if name not in ours:
            report.add("T104", new.place, scene=name)
    for name, scene in ours.items():
        if name not in theirs:
            report.add("T104-extra", scene.heading.visible(), scene=name)
        else:
            compare_links(theirs[name], scene, report)


def compare_links(old: SceneDraft, new: SceneDraft, report: Report) -> None:
    """Report choices of a scene that lead elsewhere, or are judged otherwise."""
    if len(old.links) != len(new.links):
        theirs, ours = len(old.links), len(new.links)
        report.add("T104-count", new.heading.visible(), theirs=theirs, ours=ours)
        return
    for other, mine in zip(old.links, new.links, strict=True):
        if other.to != mine.to:
            report.add("T104-link", mine.line.visible(), theirs=other.to)
        elif other.opinion != mine.opinion:
            report.add("T104-opinion", mine.line.visible(), theirs=other.opinion or "–")
