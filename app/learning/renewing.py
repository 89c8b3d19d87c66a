"""What a renewal asks again: the steps that changed since the version passed, and five cases."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.catalogue.differences import compare
from app.catalogue.editions import REFERENCE_LANGUAGE
from app.catalogue.library import load
from app.dialect.compiled import CompiledModule
from app.learning.queries.places import Place

CASES = 5
"""How many questions the quiz of a renewal asks."""


def list_asked(session: Session, place: Place) -> frozenset[str] | None:
    """List the ids of the steps to read; None for all, where no former version was passed.

    Editorial publications ask nothing again; versions are compared in the reference language.
    """
    if place.former_version_id is None:
        return None
    if not place.is_changed:
        return frozenset()
    before = load(session, place.former_version_id, REFERENCE_LANGUAGE)
    return changed_steps(before, load(session, place.version_id, REFERENCE_LANGUAGE))


def changed_steps(before: CompiledModule, after: CompiledModule) -> frozenset[str]:
    """List the ids of the steps that are new, or whose text or questions are not the same."""
    changed = {difference.id for difference in compare(before, after)}
    return frozenset(
        step.id
        for step in after.steps
        if step.id in changed or any(item.id in changed for item in step.items())
    )


def most_asked(place: Place) -> int | None:
    """Tell how many questions the quiz asks at most; None for all of the evaluation's."""
    return CASES if place.former_version_id is not None else None
