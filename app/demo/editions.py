"""The two versions of the module: last year's review, and the one on the disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.demo.calendar import at
from app.demo.duties import MODULE
from app.dialect.context import Context
from app.dialect.reading import Reading, module_files, read_files

FIRST_PUBLISHED_DAYS_AGO, LAST_PUBLISHED_DAYS_AGO = 372, 130
REVIEWED = re.compile(r"^(revu_le|a_revoir_le):[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class EditionPlan:
    """A version to publish, as of a past moment."""

    reading: Reading
    published_at: datetime
    notes: str


def plan_editions(content: Path, context: Context, today: date) -> tuple[EditionPlan, EditionPlan]:
    """Read the module twice: as it is, and with the review dates that it had a year ago.

    Their texts are the same: what the second publication brought is the yearly review.
    """
    folder = content / "modules" / MODULE
    files = {name: path.read_bytes() for name, path in module_files(folder)}
    first = today - timedelta(days=FIRST_PUBLISHED_DAYS_AGO)
    now = read_files(files, slug=MODULE, context=context, diagrams=True)
    before = read_files(review_on(files, first), slug=MODULE, context=context, diagrams=True)
    reviewed = now.modules["fr"].reviewed_on if "fr" in now.modules else ""
    last = today - timedelta(days=LAST_PUBLISHED_DAYS_AGO)
    if reviewed:  # A version is published once it is reviewed, and before today's work begins.
        last = min(max(last, date.fromisoformat(reviewed)), today - timedelta(days=1))
    return (
        EditionPlan(before, at(first, 9), "Première publication."),
        EditionPlan(now, at(last, 6), "Relecture annuelle : textes et références vérifiés."),
    )


def review_on(files: dict[str, bytes], day: date) -> dict[str, bytes]:
    """Give the files of a module as if they had been reviewed on a day, for a year."""
    days = {"revu_le": day, "a_revoir_le": day + timedelta(days=365)}

    def redate(match: re.Match[str]) -> str:
        return f"{match[1]}: {days[match[1]].isoformat()}"

    return {
        name: REVIEWED.sub(redate, content.decode("utf-8"), count=2).encode()
        if name.startswith("module.")
        else content
        for name, content in files.items()
    }
