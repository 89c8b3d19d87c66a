"""What a published module asks of its trainers, as its own texts say it."""

from __future__ import annotations

from collections.abc import Mapping
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
    """The day set for reading it again."""
    is_overdue: bool
    stale: Mapping[str, int]
    """Languages that are behind their reference, with how many parts say so."""
    is_unsure: bool
    """Whether some of its legal references are not verified."""
    articles: tuple[str, ...]
    """Articles that it cites and that the reference list gives to verify."""


def attention_of(
    reference: Edition,
    translations: tuple[Edition, ...],
    today: date,
    unverified: Mapping[str, str],
) -> Attention:
    """Say what a published module asks for today.

    ``unverified`` maps the keys of the articles to verify to their names.
    """
    module = reference.module
    day = read_day(module.review_on)
    behind = {
        one.language: one.module.count_behind()
        for one in translations
        if is_behind(one.module, module) or one.module.count_behind()
    }
    return Attention(
        reference.slug,
        module.title,
        day,
        day is not None and day < today,
        behind,
        module.source_status in UNSURE,
        tuple(name for key, name in unverified.items() if key in reference.articles),
    )
