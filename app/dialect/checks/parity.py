"""Compare a translation with its reference: its dates, its front matter, then all that it holds."""

from __future__ import annotations

from app.dialect.checks.parity_items import compare_item
from app.dialect.checks.parity_structure import compare_items, compare_steps, places_of
from app.dialect.drafting import Draft
from app.dialect.messages import WHOLE_FILE, Report
from app.dialect.metadata import FrontMatter, as_date
from app.dialect.unrendered import sound_items

SHARED = ("duree", "public", "competences", "prerequis", "seuil", "statut_source")
"""What the front matter says to the platform; the rest speaks to readers, in their language."""
UNSURE = frozenset({
    "M103", "R101", "R105", "S102", "S104", "S105", "S107", "S108", "S109", "S110", "Q101", "Q102",
})  # fmt: skip
"""Errors after which nobody knows what there is: it is compared once they are mended."""


def check_translation(reference: Draft, translation: Draft) -> None:
    """Report what a translation says that its reference does not, or not so."""
    if reference.main.unreadable or translation.main.unreadable:
        return
    compare_dates(reference.front, translation.front, translation.main)
    compare_fronts(reference.front, translation.front, translation.main)
    for name, (report, _) in translation.banks.items():
        if name not in reference.banks:
            report.add("T101-bank", WHOLE_FILE)
    theirs, ours = places_of(reference), places_of(translation)
    if not (is_unsure(reference) or is_unsure(translation)):
        compare_steps(reference.outline, translation.outline, translation.main)
        compare_items(theirs, ours, translation)
    sound = sound_drafts(reference) | sound_drafts(translation)
    for name, place in ours.items():
        if name in theirs:
            old, new = theirs[name].item, place.item
            compare_item(old, new, place.report, is_sound={id(old), id(new)} <= sound)


def is_unsure(draft: Draft) -> bool:
    """Tell whether an error keeps from knowing which steps and items there are."""
    return any(message.code in UNSURE for report, _ in draft.parts for message in report.messages)


def sound_drafts(draft: Draft) -> set[int]:
    """List the items without errors, by what tells objects apart: an id may be taken twice."""
    return {id(item) for report, outline in draft.parts for item in sound_items(outline, report)}


def compare_dates(old: FrontMatter, new: FrontMatter, report: Report) -> None:
    """Report a translation that was reviewed before its reference, or that does not say when."""
    theirs, ours = old.values.get("revu_le"), new.values.get("revu_le")
    day = as_date(theirs[0].text) if theirs else None
    if not theirs or day is None:
        return
    if not ours:
        report.add("T201-absent", WHOLE_FILE, theirs=theirs[0].text)
        return
    own = as_date(ours[0].text)
    if own is not None and own < day:
        report.add("T201", ours[0].span, ours=ours[0].text, theirs=theirs[0].text)


def compare_fronts(old: FrontMatter, new: FrontMatter, report: Report) -> None:
    """Report what the front matter says otherwise; lists may be in another order."""
    for key in SHARED:
        theirs, ours = set(old.texts(key)), set(new.texts(key))
        if key == "public":
            theirs, ours = set(old.audience), set(new.audience)
        values = new.values.get(key)
        span = values[0].span if values else WHOLE_FILE
        if theirs != ours and not report.has_error_at(span):
            report.add(
                "T101", span, key=key, theirs=old.text(key) or "–", ours=new.text(key) or "–"
            )
