"""A page of the journal, with the names of those it speaks of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.journal.models import JournalDetail, JournalEntry
from app.people.models import Agent

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Someone:
    """An agent that an entry names."""

    id: int
    name: str
    matricule: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An act, as the page tells it."""

    id: int
    at: datetime
    action: str
    actor: Someone | None
    object_kind: str
    object_id: str
    subject: Someone | None
    """The agent that the act was about, where it was about one."""
    address: str
    details: dict[str, str]


def list_entries(session: Session, *, action: str = "", before: int | None = None) -> list[Entry]:
    """List the entries before one of them, the latest first: a page, and one that tells of more."""
    rows = session.execute(
        sa.select(JournalEntry, JournalDetail.address, JournalDetail.text)
        .outerjoin(JournalDetail, JournalDetail.entry_id == JournalEntry.id)
        .where(
            JournalEntry.action == action if action else sa.true(),
            JournalEntry.id < before if before else sa.true(),
        )
        .order_by(JournalEntry.id.desc())
        .limit(PAGE_SIZE + 1)
    ).all()
    named = {agent_id for row in rows if (agent_id := row[0].actor_id)}
    named |= {subject for row in rows if (subject := subject_id(row[0]))}
    people = find_people(session, named)
    return [
        Entry(
            entry.id,
            entry.at,
            entry.action,
            people.get(entry.actor_id or 0),
            entry.object_kind,
            entry.object_id,
            people.get(subject_id(entry) or 0),
            address or "",
            read_details(text),
        )
        for entry, address, text in rows
    ]


def subject_id(entry: JournalEntry) -> int | None:
    """Tell which agent an entry is about."""
    is_agent = entry.object_kind == "agent" and entry.object_id.isdecimal()
    return int(entry.object_id) if is_agent else None


def find_people(session: Session, ids: set[int]) -> dict[int, Someone]:
    """Find the names of agents by their ids."""
    rows = session.execute(
        sa.select(Agent.id, Agent.given_name, Agent.family_name, Agent.matricule).where(
            Agent.id.in_(ids)
        )
    )
    return {row[0]: Someone(row[0], f"{row[1]} {row[2]}", row[3]) for row in rows}


def read_details(text: str | None) -> dict[str, str]:
    """Read the erasable part of an entry, empty once it is erased."""
    details = json.loads(text) if text else {}
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in details.items()
        if value not in (None, "")
    }
