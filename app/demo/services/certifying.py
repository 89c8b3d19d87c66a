"""Add the completions, as things stood that day, and the certificates they earned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.certificates.models import Certificate, CertificateEvent
from app.certificates.naming import printable
from app.certificates.serials import make_serial
from app.certificates.states import EventKind
from app.days import day_of
from app.demo.calendar import at
from app.demo.inserting import insert_rows, insert_with_ids
from app.demo.journeys import Journey
from app.demo.services.learning import Versions, version_of
from app.demo.services.organising import UnitAdded
from app.learning.models import Completion
from app.learning.validity import valid_until


@dataclass(frozen=True, slots=True)
class Record:
    """The rows around the history: what each journey was given in the database."""

    agents: Mapping[str, int]
    units: Mapping[str, UnitAdded]
    versions: Versions
    enrolments: Sequence[int]
    attempts: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Completed:
    """A completion of the database, and the journey behind it."""

    id: int
    journey: Journey
    row: dict[str, Any]

    @property
    def at(self) -> datetime:
        """Tell when it was completed."""
        moment: datetime = self.row["completed_at"]
        return moment


def add_completions(
    session: Session, journeys: Sequence[Journey], record: Record, *, validity_months: int
) -> list[Completed]:
    """Add the completions, each with the unit, corps, grade and category of its day."""
    done = [
        (journey, completion_row(journey, record, rank, validity_months))
        for rank, journey in enumerate(journeys)
        if journey.completed_at is not None
    ]
    ids = insert_with_ids(session, Completion, [row for _, row in done])
    return [Completed(id_, *pair) for id_, pair in zip(ids, done, strict=True)]


def completion_row(
    journey: Journey, record: Record, rank: int, validity_months: int
) -> dict[str, Any]:
    """Write a completed journey as a row."""
    assert journey.completed_at is not None
    posting = journey.person.posting_on(day_of(journey.completed_at))
    unit = record.units[posting.unit.code]
    version = version_of(journey, record.versions)
    return {
        "agent_id": record.agents[journey.person.matricule],
        "module_id": version.module_id,
        "version_id": version.id,
        "enrolment_id": record.enrolments[rank],
        "attempt_id": record.attempts[rank][-1],
        "cycle": 1,
        "completed_at": journey.completed_at,
        "valid_until": valid_until(journey.completed_at, months_of(journey, validity_months)),
        "unit_id": unit.id,
        "unit_path": unit.path,
        "unit_names": list(unit.names),
        "corps": journey.person.corps,
        "grade": posting.grade.name,
        "category": posting.grade.category,
    }


def months_of(journey: Journey, default: int) -> int:
    """Tell for how many months a completion holds: as the campaign that had asked by then says."""
    assert journey.completed_at is not None
    if journey.owed is None or journey.completed_at < at(journey.owed.since, 6, 30):
        return default
    return journey.owed.duty.validity_months or default


def add_certificates(
    session: Session, completed: Sequence[Completed], record: Record, *, organisation: str
) -> list[int]:
    """Add the certificate of each completion, issued that moment; return their ids."""
    rows = [certificate_row(one, record, printable(organisation)) for one in completed]
    ids = insert_with_ids(session, Certificate, rows)
    insert_rows(
        session,
        CertificateEvent,
        [
            {"certificate_id": id_, "kind": EventKind.ISSUED, "at": one.at}
            for id_, one in zip(ids, completed, strict=True)
        ],
    )
    return ids


def certificate_row(one: Completed, record: Record, organisation: str) -> dict[str, Any]:
    """Write the certificate of a completion as a row."""
    person, version = one.journey.person, version_of(one.journey, record.versions)
    return {
        "completion_id": one.id,
        "serial": make_serial(),
        "holder_name": printable(f"{person.given_name} {person.family_name}"),
        "module_slug": version.slug,
        "module_title": printable(version.title),
        "version_number": version.number,
        "version_sha256": version.sha256,
        "minutes": version.minutes,
        "language": "fr",
        "organisation": organisation,
        "completed_at": one.at,
        "valid_until": one.row["valid_until"],
        "issued_at": one.at,
    }
