"""Add the units, the people, their careers and roles, and whom they may turn to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.demo.calendar import at
from app.demo.contacts import CONTACTS
from app.demo.inserting import insert_rows, insert_with_ids
from app.demo.organisation import UNITS
from app.demo.workforce import Person
from app.people.matricule import matricule_key
from app.people.models import (
    Agent,
    Assignment,
    EthicsContact,
    OrganisationalUnit,
    RoleAssignment,
)

CONTACT_DETAILS = ("name", "phone", "email", "address", "hours")


@dataclass(frozen=True, slots=True)
class UnitAdded:
    """A unit of the database, with the names from the root to it."""

    id: int
    path: str
    names: tuple[str, ...]


def add_units(session: Session, *, today: date) -> dict[str, UnitAdded]:
    """Add the tree; return the units by code."""
    added: dict[str, UnitAdded] = {}
    for plan in UNITS:  # Parents come first: a path is known once the row has its id.
        parent = added.get(plan.parent_code or "")
        unit = OrganisationalUnit(
            code=plan.code,
            name=plan.name,
            kind=plan.kind,
            parent_id=parent.id if parent else None,
            path="/",
            opened_on=date(today.year - 12, 1, 1),
        )
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        names = (*(parent.names if parent else ()), plan.name)
        added[plan.code] = UnitAdded(unit.id, unit.path, names)
    session.flush()
    return added


def add_people(
    session: Session,
    people: Sequence[Person],
    units: Mapping[str, UnitAdded],
    passwords: Mapping[str, str],
) -> dict[str, int]:
    """Add the agents with their assignments and roles; return their ids by matricule."""
    ids = insert_with_ids(session, Agent, [agent_row(person, passwords) for person in people])
    agents = {person.matricule: id_ for person, id_ in zip(people, ids, strict=True)}
    insert_rows(
        session,
        Assignment,
        [
            {
                "agent_id": agents[person.matricule],
                "unit_id": units[posting.unit.code].id,
                "corps": person.corps,
                "grade": posting.grade.name,
                "category": posting.grade.category,
                "starts_on": posting.starts_on,
                "ends_on": posting.ends_on,
            }
            for person in people
            for posting in person.postings
        ],
    )
    insert_rows(
        session,
        RoleAssignment,
        [
            {
                "agent_id": agents[person.matricule],
                "role": role,
                "unit_id": units[code].id,
                "started_at": at(person.postings[-1].starts_on + timedelta(days=1), 9),
                "granted_by_id": agents["demo-admin"],
            }
            for person in people
            for role, code in person.roles
        ],
    )
    return agents


def agent_row(person: Person, passwords: Mapping[str, str]) -> dict[str, object]:
    """Write a person as a row."""
    return {
        "matricule": person.matricule,
        "matricule_key": matricule_key(person.matricule),
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
        "language": "fr",
        "arrived_on": person.arrived_on,
        "created_at": at(person.arrived_on, 8),
        "password_hash": passwords.get(person.matricule),
    }


def add_contacts(session: Session) -> None:
    """Add the ethics contacts of each corps, in the place of none."""
    rows = [dict.fromkeys(CONTACT_DETAILS, "") | contact for contact in CONTACTS]
    insert_rows(session, EthicsContact, rows)
