"""What a failed attempt asks to read again before the next one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.dialect.compiled import CompiledModule, Step
from app.learning.drawing import items_of
from app.learning.progress import steps_to_reread
from app.learning.queries.attempts import Sitting, find_last_submitted, list_given
from app.learning.queries.places import get_place, list_last_read
from app.learning.scoring import Score, score

NONE_KNOWN: Mapping[int, Score] = MappingProxyType({})


def list_to_reread(
    session: Session,
    *,
    enrolment_id: int,
    module: CompiledModule,
    corps: str,
    marked: Mapping[int, Score] = NONE_KNOWN,
) -> tuple[Step, ...]:
    """List the steps that the last attempt asks to read again and that were not read since.

    ``marked`` holds the scores of attempts that are known already, by id.
    """
    last = find_last_submitted(session, enrolment_id=enrolment_id)
    if last is None or last.submitted_at is None or last.passed:
        return ()
    wrong = set((marked.get(last.id) or mark(session, last, module)).wrong)
    return steps_to_reread(
        [item for item in items_of(module, last.draw) if item.id in wrong],
        module.steps_for(corps),
        last_read=list_last_read(session, enrolment_id=enrolment_id),
        submitted_at=last.submitted_at,
    )


def count_to_reread(session: Session, *, enrolment_id: int, corps: str, language: str) -> int:
    """Count the steps that the last attempt of an enrolment asks to read again."""
    place = get_place(session, enrolment_id=enrolment_id)
    module = load(session, place.version_id, language)
    variant = place.corps or corps
    return len(list_to_reread(session, enrolment_id=enrolment_id, module=module, corps=variant))


def mark(session: Session, sitting: Sitting, module: CompiledModule) -> Score:
    """Mark an attempt again; the same answers on the same version give the same score."""
    given = list_given(session, attempt_id=sitting.id)
    answers = {item_id: answer.value for item_id, answer in given.items()}
    return score(items_of(module, sitting.draw), answers)
