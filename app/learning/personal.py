"""What learning holds about an agent: all of it given to them, their practice erased with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.catalogue.library import load
from app.catalogue.models import Module
from app.learning.drawing import items_of
from app.learning.models import (
    Answer,
    Attempt,
    AttemptCorrection,
    Completion,
    Enrolment,
    EnrolmentRelease,
    PracticeAnswer,
    ReviewMark,
    StepVisit,
)
from app.learning.transcripts import transcribe

PARTS: dict[str, type[StepVisit | PracticeAnswer | Completion | EnrolmentRelease]] = {
    "releases": EnrolmentRelease,
    "steps_read": StepVisit,
    "practice": PracticeAnswer,
    "completions": Completion,
}


def export_for(session: Session, agent_id: int) -> list[dict[str, Any]]:
    """List an agent's places on modules, oldest first, with all that was done there."""
    places = session.execute(
        sa.select(Module.slug, *Enrolment.__table__.columns)
        .join(Module, Module.id == Enrolment.module_id)
        .where(Enrolment.agent_id == agent_id)
        .order_by(Enrolment.id)
    ).mappings()
    mine = own_enrolments(agent_id)
    held = {name: by_enrolment(session, model, mine) for name, model in PARTS.items()}
    held["attempts"] = attempts_of(session, mine)
    return [
        {name: written(value) for name, value in place.items()}
        | {name: parts.get(place["id"], []) for name, parts in held.items()}
        for place in places
    ]


def own_enrolments(agent_id: int) -> sa.Select[int]:
    """Select the ids of an agent's enrolments."""
    return sa.select(Enrolment.id).where(Enrolment.agent_id == agent_id)


def by_enrolment(
    session: Session, model: Any, mine: sa.Select[int]
) -> dict[int, list[dict[str, Any]]]:
    """Gather the rows of a table under their enrolment, in the order of their keys."""
    table = model.__table__
    rows = session.execute(
        sa.select(table).where(table.c.enrolment_id.in_(mine)).order_by(*table.primary_key)
    )
    return gather(rows.mappings(), "enrolment_id")


def attempts_of(session: Session, mine: sa.Select[int]) -> dict[int, list[dict[str, Any]]]:
    """Gather the attempts under their enrolment, each with its answers, marks and corrections."""
    attempts = by_enrolment(session, Attempt, mine)
    of_attempt = sa.select(Attempt.id).where(Attempt.enrolment_id.in_(mine))
    answers = session.execute(
        sa.select(Answer.__table__).where(Answer.attempt_id.in_(of_attempt)).order_by(Answer.id)
    )
    marks = session.execute(
        sa.select(ReviewMark.__table__).where(ReviewMark.attempt_id.in_(of_attempt))
    )
    corrections = session.execute(
        sa.select(AttemptCorrection.__table__)
        .where(AttemptCorrection.attempt_id.in_(of_attempt))
        .order_by(AttemptCorrection.version_id)
    )
    parts = {
        "answers": gather(answers.mappings(), "attempt_id"),
        "review_marks": gather(marks.mappings(), "attempt_id"),
        "corrections": gather(corrections.mappings(), "attempt_id"),
    }
    for attempt in (one for group in attempts.values() for one in group):
        for name, gathered in parts.items():
            attempt[name] = gathered.get(attempt["id"], [])
        attempt["seen"] = seen_in(session, attempt)
    return attempts


def seen_in(session: Session, attempt: dict[str, Any]) -> list[dict[str, Any]]:
    """Write each question of an attempt in words, with the answer that counts."""
    module = load(session, attempt["version_id"], attempt["language"])
    given = {answer["item_id"]: answer["value"] for answer in attempt["answers"]}  # The last one.
    asked = zip(items_of(module, attempt["draw"]), attempt["draw"], strict=True)
    return [transcribe(item, given.get(item.id), one["order"]) for item, one in asked]


def gather(rows: Iterable[Any], key: str) -> dict[int, list[dict[str, Any]]]:
    """Group rows by one of their columns."""
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append({name: written(value) for name, value in row.items()})
    return groups


def written(value: Any) -> Any:
    """Write a value as JSON takes it."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def erase_for(session: Session, agent_id: int) -> None:
    """Delete what an agent tried and marked; what they did stays, without their name."""
    mine = own_enrolments(agent_id)
    attempts = sa.select(Attempt.id).where(Attempt.enrolment_id.in_(mine))
    session.execute(sa.delete(PracticeAnswer).where(PracticeAnswer.enrolment_id.in_(mine)))
    session.execute(sa.delete(ReviewMark).where(ReviewMark.attempt_id.in_(attempts)))
