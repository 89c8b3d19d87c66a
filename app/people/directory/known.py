"""What is known of units and agents before a directory file is applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the database."""

    id: int
    code: str
    name: str
    kind: str
    parent_code: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class KnownAssignment:
    """An agent's current assignment."""

    id: int
    unit_code: str
    corps: str
    grade: str
    category: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class KnownAgent:
    """An agent of the database."""

    id: int
    matricule: str
    given_name: str
    family_name: str
    email: str
    language: str
    arrived_on: date
    is_active: bool
    assignment: KnownAssignment | None


@dataclass(frozen=True, slots=True)
class Known:
    """All units by code, and by key the agents that the file is about."""

    units: dict[str, KnownUnit]
    agents: dict[str, KnownAgent]
