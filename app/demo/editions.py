"""The two versions of each module: as it was first reviewed, and the one on the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from app.catalogue.path_file import PathDraft
from app.demo.calendar import at
from app.dialect.compiled import CompiledModule
from app.dialect.reading import Reading, canonical_hash, digest

LAST_PUBLISHED_DAYS_AGO, ONE_EVERY = 130, 6
"""The yearly reviews follow each other, a module every few days."""
REVIEWED = re.compile(r"^(revu_le|a_revoir_le):[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """A version to publish, as of a past moment."""

    reading: Reading
    published_at: datetime
    notes: str


@dataclass(frozen=True, slots=True)
class Content:
    """What is published before anyone learns."""

    editions: Mapping[str, Sequence[EditionPlan]]
    """The versions of each module by slug, the oldest first."""
    paths: Sequence[PathDraft]


def plan_editions(reading: Reading, *, first: date, rank: int, today: date) -> list[EditionPlan]:
    """Plan a module's first publication, with the review of that day, then the yearly review.

    Their texts are the same: what the second one brought is that they were checked. Where
    the module says nothing of its review, the first version is the only one.
    """
    before = EditionPlan(redate(reading, first), at(first, 9), "Première publication.")
    if before.reading.sha256 == reading.sha256:
        return [before]
    last = today - timedelta(days=LAST_PUBLISHED_DAYS_AGO - ONE_EVERY * rank)
    reviewed = reading.modules["fr"].reviewed_on
    if reviewed:  # A version is published once it is reviewed, and before today's work begins.
        last = max(last, date.fromisoformat(reviewed))
    after = at(min(last, today - timedelta(days=1)), 6, rank % 60)
    notes = "Relecture annuelle : textes et références vérifiés."
    return [before, EditionPlan(reading, after, notes)]


def redate(reading: Reading, day: date) -> Reading:
    """Give a module as if it had been reviewed on a day, for a year, without reading it again."""
    days = {"revu_le": day, "a_revoir_le": day + timedelta(days=365)}

    def rewrite(match: re.Match[str]) -> str:
        return f"{match[1]}: {days[match[1]].isoformat()}"

    sources = {
        name: REVIEWED.sub(rewrite, text, count=2) if name.startswith("module.") else text
        for name, text in reading.sources.items()
    }
    modules = {language: redate_module(one, days) for language, one in reading.modules.items()}
    media = {name: digest(content) for name, content in reading.media.items()}
    return Reading(
        modules, sources=sources, media=reading.media, digests=media,
        sha256=canonical_hash(sources, media),
    )  # fmt: skip


def redate_module(module: CompiledModule, days: dict[str, date]) -> CompiledModule:
    """Change the days of review that a compiled module states."""
    stated = {"reviewed_on": "revu_le", "review_on": "a_revoir_le"}
    changed = {name: days[key].isoformat() for name, key in stated.items() if getattr(module, name)}
    return msgspec.structs.replace(module, **changed)
