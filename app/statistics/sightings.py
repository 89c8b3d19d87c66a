"""Who looked at a list of names that an agent's unit was part of: a category, never a person."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from app.days import day_of
from app.journal.models import JournalEntry
from app.journal.services import Action, record
from app.people.models import Assignment, OrganisationalUnit


class Audience(StrEnum):
    """Which category of staff saw the list; the kind of object of the journal's entry."""

    FOLLOW_UP = "follow_up"
    """HR follow-up: a unit and those below it."""
    TEAM = "team"
    """A supervisor: the unit alone."""


def note_sight(
    session: Session,
    /,
    *,
    audience: Audience,
    unit_ids: tuple[int, ...],
    actor_id: int,
    address: str,
    **detail: Any,
) -> None:
    """Write in the journal that names of these units are about to be shown."""
    for unit_id in unit_ids:
        record(session, Action.NAMES_SEEN, actor_id=actor_id, object_kind=audience,
               object_id=unit_id, address=address, **detail)  # fmt: skip


class hour_of(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is.
    """The hour in which a moment is: of each of its moments, the day in Paris is the same."""

    inherit_cache = True


@compiles(hour_of)
def spell_for_postgresql(element: hour_of, compiler: Any, **options: Any) -> str:
    """Write PostgreSQL's function."""
    return f"date_trunc('hour', {compiler.process(element.clauses, **options)})"


@compiles(hour_of, "sqlite")
def spell_for_sqlite(element: hour_of, compiler: Any, **options: Any) -> str:
    """Cut the text as which SQLite keeps a moment."""
    return f"substr({compiler.process(element.clauses, **options)}, 1, 13)"


def export_for(session: Session, agent_id: int) -> list[dict[str, str]]:
    """List the days on which a list of the agent's unit was seen, and by which category."""
    found = set()
    for assignment, path in session.execute(
        sa.select(Assignment, OrganisationalUnit.path)
        .join(OrganisationalUnit, OrganisationalUnit.id == Assignment.unit_id)
        .where(Assignment.agent_id == agent_id)
    ):
        above = [part for part in path.split("/") if part]
        entries = session.execute(
            # An entry an hour is enough to tell the days: there may be hundreds of thousands.
            sa.select(sa.func.min(JournalEntry.at), JournalEntry.object_kind)
            .group_by(JournalEntry.object_kind, hour_of(JournalEntry.at))
            .where(
                JournalEntry.action == Action.NAMES_SEEN,
                sa.or_(
                    sa.and_(
                        JournalEntry.object_kind == Audience.FOLLOW_UP,
                        JournalEntry.object_id.in_(above),
                    ),
                    sa.and_(
                        JournalEntry.object_kind == Audience.TEAM,
                        JournalEntry.object_id == str(assignment.unit_id),
                    ),
                ),
            )
        )
        for at, audience in entries:
            day = day_of(at)
            ended = assignment.ends_on is not None and day >= assignment.ends_on
            if day >= assignment.starts_on and not ended:
                found.add((day.isoformat(), audience))
    return [{"day": day, "seen_by": audience} for day, audience in sorted(found)]


def erase_for(session: Session, agent_id: int) -> None:
    """Erase nothing: these entries are the journal's, and name units only."""
