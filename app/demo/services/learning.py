"""Add what was learnt: enrolments, steps read, practice, attempts and their answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.demo.inserting import insert_rows, insert_with_ids
from app.demo.journeys import Journey, Sitting
from app.demo.services.publishing import VersionAdded
from app.learning.models import Answer, Attempt, Enrolment, PracticeAnswer, StepVisit

PRACTICE_KEPT = timedelta(days=30)
Versions = Mapping[str, Sequence[VersionAdded]]
"""The versions of each module, by slug."""


def version_of(journey: Journey, versions: Versions) -> VersionAdded:
    """Give the version that a journey is about."""
    return versions[journey.slug][journey.version]


def add_enrolments(
    session: Session,
    journeys: Sequence[Journey],
    agents: Mapping[str, int],
    campaigns: Mapping[str, int],
    versions: Versions,
) -> list[int]:
    """Add each journey's enrolment and the steps read; return the enrolments' ids."""
    ids = insert_with_ids(
        session,
        Enrolment,
        [
            enrolment_row(journey, agents, campaigns, version_of(journey, versions))
            for journey in journeys
        ],
    )
    insert_rows(
        session,
        StepVisit,
        [
            {
                "enrolment_id": enrolment_id,
                "step_id": step_id,
                "first_read_at": first,
                "last_read_at": last,
            }
            for enrolment_id, journey in zip(ids, journeys, strict=True)
            for step_id, (first, last) in journey.visits.items()
        ],
    )
    return ids


def enrolment_row(
    journey: Journey,
    agents: Mapping[str, int],
    campaigns: Mapping[str, int],
    version: VersionAdded,
) -> dict[str, Any]:
    """Write a journey's enrolment as a row."""
    started = journey.started_at is not None
    return {
        "agent_id": agents[journey.person.matricule],
        "module_id": version.module_id,
        "cycle": 1,
        "origin": "own" if journey.is_own else "campaign",
        "campaign_id": campaigns[journey.owed.duty.title] if journey.owed else None,
        "due_on": journey.due_on,
        "enrolled_at": journey.enrolled_at,
        "started_at": journey.started_at,
        "version_id": version.id if started else None,
        "corps": journey.person.corps if started else None,
    }


def add_practice(
    session: Session, journeys: Sequence[Journey], enrolments: Sequence[int], *, now: datetime
) -> None:
    """Add the answers given in the flow, where they are still kept."""
    insert_rows(
        session,
        PracticeAnswer,
        [
            {
                "enrolment_id": enrolment_id,
                "item_id": made.item_id,
                "token": secrets.token_urlsafe(12),
                "walk": 1,
                "value": made.value,
                "received_at": made.at,
            }
            for enrolment_id, journey in zip(enrolments, journeys, strict=True)
            if journey.completed_at is None or journey.completed_at > now - PRACTICE_KEPT
            for made in journey.practice
        ],
    )


def add_attempts(
    session: Session,
    journeys: Sequence[Journey],
    enrolments: Sequence[int],
    versions: Versions,
) -> list[list[int]]:
    """Add the attempts with their answers; return the ids of each journey's attempts."""
    sat = [
        (enrolment_id, journey, number, sitting)
        for enrolment_id, journey in zip(enrolments, journeys, strict=True)
        for number, sitting in enumerate(journey.sittings, start=1)
    ]
    rows = [
        attempt_row(sitting)
        | {
            "enrolment_id": enrolment_id,
            "number": number,
            "version_id": version_of(journey, versions).id,
            "corps": journey.person.corps,
        }
        for enrolment_id, journey, number, sitting in sat
    ]
    ids = insert_with_ids(session, Attempt, rows)
    insert_rows(
        session,
        Answer,
        [
            {
                "attempt_id": attempt_id,
                "item_id": made.item_id,
                "token": secrets.token_urlsafe(12),
                "value": made.value,
                "received_at": made.at,
            }
            for attempt_id, (_, _, _, sitting) in zip(ids, sat, strict=True)
            for made in sitting.answers
        ],
    )
    following = iter(ids)
    return [[next(following) for _ in journey.sittings] for journey in journeys]


def attempt_row(sitting: Sitting) -> dict[str, Any]:
    """Write a sitting as a row, but for whose it is."""
    share = sitting.score.share if sitting.score else None
    return {
        "language": "fr",
        "draw": sitting.drawn,
        "pass_mark": sitting.pass_mark,
        "seed": sitting.seed,
        "started_at": sitting.started_at,
        "submitted_at": sitting.submitted_at,
        "score_numerator": share.numerator if share is not None else None,
        "score_denominator": share.denominator if share is not None else None,
        "passed": sitting.passed,
    }
