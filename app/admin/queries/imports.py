"""Reads for administrators: directory files on their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.import_models import DirectoryImport, ImportMistake, ImportRow
from app.people.models import Agent

SHOWN = 50
LATEST = 30
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list."""

    id: int
    created_at: datetime
    file_name: str
    kind: str
    state: str
    counts: dict[str, Any]
    given_name: str | None
    family_name: str | None

    @property
    def giver(self) -> str:
        """Name who gave the file; nobody where it came by a command."""
        return f"{self.given_name} {self.family_name}" if self.family_name else ""


def list_imports(session: Session) -> list[ImportLine]:
    """List the latest imports, newest first."""
    rows = session.execute(
        sa.select(
            DirectoryImport.id, DirectoryImport.created_at, DirectoryImport.file_name,
            DirectoryImport.kind, DirectoryImport.state, DirectoryImport.counts,
            Agent.given_name, Agent.family_name,
        )
        .outerjoin(Agent, Agent.id == DirectoryImport.actor_id)
        .order_by(DirectoryImport.id.desc())
        .limit(LATEST)
    )  # fmt: skip
    return [ImportLine(*row) for row in rows]


def list_mistakes(
    session: Session, *, import_id: int, limit: int = SHOWN, after: tuple[int, int] = (-1, 0)
) -> list[ImportMistake]:
    """List the next mistakes of an import, by row."""
    place = sa.tuple_(ImportMistake.line, ImportMistake.id)
    return list(
        session.scalars(
            sa.select(ImportMistake)
            .where(ImportMistake.import_id == import_id, place > sa.tuple_(*after))
            .order_by(ImportMistake.line, ImportMistake.id)
            .limit(limit)
        )
    )


def every_mistake(session: Session, *, import_id: int) -> Iterator[ImportMistake]:
    """Go through all the mistakes of an import that are kept, some at a time."""
    after = (-1, 0)
    while mistakes := list_mistakes(session, import_id=import_id, limit=BATCH, after=after):
        yield from mistakes
        after = (mistakes[-1].line, mistakes[-1].id)


def list_samples(
    session: Session, *, import_id: int, samples: dict[str, list[int]]
) -> dict[str, list[str]]:
    """Name the first agents of each fate; those who are not in the file by what is known."""
    lines = {line for name, found in samples.items() if name != "absent" for line in found}
    told = {
        row.line: f"{row.family_name} {row.given_name} ({row.matricule})"
        for row in session.scalars(
            sa.select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.line.in_(lines))
        )
    }
    absent = samples.get("absent", [])
    known = {
        agent.id: f"{agent.family_name} {agent.given_name} ({agent.matricule})"
        for agent in session.scalars(sa.select(Agent).where(Agent.id.in_(absent)))
    }
    return {
        name: [(known if name == "absent" else told).get(place, "–") for place in found]
        for name, found in samples.items()
    }
