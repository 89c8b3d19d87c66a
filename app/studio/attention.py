"""What a published module asks of its trainers, as its own texts say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.catalogue.editions import Edition, is_behind
from app.catalogue.notice import read_day

UNSURE = frozenset({"a-verifier", "mixte"})
"""Statuses of a module whose legal references are not all verified."""


@dataclass(frozen=True, slots=True)
class Attention:
    """A published module, and what is to be looked at in it."""

    slug: str
    title: str
    review_on: date | None
    """The day set for reading it again, once it is past."""
    stale: tuple[str, ...]
    """Languages whose reference was reviewed since."""
    is_unsure: bool
    """Whether some of its legal references are not verified."""

    @property
    def is_needed(self) -> bool:
        """Tell whether there is something to look at."""
        return self.review_on is not None or bool(self.stale) or self.is_unsure


def attention_of(reference: Edition, translations: tuple[Edition, ...], today: date) -> Attention:
    """Say what a published module asks for today."""
    module = reference.module
    day = read_day(module.review_on)
    behind = [one.language for one in translations if is_behind(one.module, module)]
    return Attention(
        reference.slug,
        module.title,
        day if day is not None and day < today else None,
        tuple(behind),
        module.source_status in UNSURE,
    )
