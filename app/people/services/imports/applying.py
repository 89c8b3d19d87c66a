"""Apply staged rows about agents, some after the others; a row applied twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.directory.agent_fates import Outcome, decide
from app.people.directory.fates import Fate
from app.people.import_models import DirectoryImport
from app.people.import_states import State
from app.people.models import Agent, Assignment, OrganisationalUnit
from app.people.queries.imports import comparison
from app.people.queries.imports.comparison import ComparedRow
from app.people.queries.imports.leavers import Leaver, list_absent
from app.people.services.imports.departures import Departure, depart

AT_ONCE = 2_000
STARTING = frozenset({Fate.CREATED, Fate.MOVED, Fate.RETURNED})
Decided = Sequence[tuple[ComparedRow, Outcome]]


def apply_some(session: Session, row: DirectoryImport, *, today: date, now: datetime) -> None:
    """Apply the next rows; merging units comes after the last."""
    last = comparison.find_end(session, import_id=row.id, after=row.position, count=AT_ONCE)
    if last is None:
        row.state, row.position = State.MERGING, 0
        return
    told = comparison.list_new(session, import_id=row.id, after=row.position, last=last)
    apply_rows(session, [(new, decide(new.beside, today)) for new in told], now=now)
    row.position = last


def apply_rows(session: Session, decided: Decided, *, now: datetime) -> None:
    """Make, change and move agents as was decided."""
    insert_agents(session, of_fates(decided, {Fate.CREATED}))
    update_agents(session, of_fates(decided, {Fate.MOVED, Fate.CHANGED, Fate.RETURNED}))
    start_assignments(session, of_fates(decided, STARTING))
    leaving = [departure_of(new, outcome) for new, outcome in of_fates(decided, {Fate.LEFT})]
    depart(session, leaving, now=now)


def of_fates(decided: Decided, fates: set[Fate] | frozenset[Fate]) -> Decided:
    """Choose the rows of these fates."""
    return [(new, outcome) for new, outcome in decided if outcome.fate in fates]


def told_by(new: ComparedRow) -> dict[str, Any]:
    """Give the columns that a row fills; an empty mail or language leaves what is known."""
    names = ("matricule", "given_name", "family_name", "search_key")
    told = {name: new.told[name] for name in names} | {"arrived_on": new.beside.arrived_on}
    return told | {name: new.told[name] for name in ("email", "language") if new.told[name]}


def insert_agents(session: Session, decided: Decided) -> None:
    """Make the agents that are new, without a password."""
    rows = [
        {"email": None, "language": "fr", **told_by(new), "matricule_key": new.told["key"]}
        for new, _outcome in decided
    ]
    if rows:
        session.execute(sa.insert(Agent), rows)


def update_agents(session: Session, decided: Decided) -> None:
    """Write what rows say anew of agents known before; who comes back may sign in again."""
    for is_back in (False, True):
        rows = [
            {"id": new.beside.agent_id, **told_by(new)}
            | ({"left_on": None, "deactivated_at": None} if is_back else {})
            for new, outcome in decided
            if (outcome.fate is Fate.RETURNED) is is_back
        ]
        for names in {frozenset(row) for row in rows}:
            session.execute(sa.update(Agent), [row for row in rows if frozenset(row) == names])


def start_assignments(session: Session, decided: Decided) -> None:
    """End the assignments that others replace, and start the new ones."""
    ending = [
        {"id": new.beside.assignment_id, "ends_on": outcome.starts_on}
        for new, outcome in decided
        if new.beside.assignment_id is not None
    ]
    if ending:
        session.execute(sa.update(Assignment), ending)
    agents = find_ids(session, Agent.matricule_key, Agent.id, [n.told["key"] for n, _ in decided])
    units = find_ids(
        session, OrganisationalUnit.code, OrganisationalUnit.id,
        list({new.told["unit_code"] for new, _ in decided}),
    )  # fmt: skip
    rows = [
        {name: new.told[name] for name in ("corps", "grade", "category")}
        | {
            "agent_id": agents[new.told["key"]], "unit_id": units[new.told["unit_code"]],
            "starts_on": outcome.starts_on,
        }
        for new, outcome in decided
    ]  # fmt: skip
    if rows:
        session.execute(sa.insert(Assignment), rows)


def find_ids(session: Session, key: Any, number: Any, wanted: list[str]) -> dict[str, int]:
    """Find ids by their keys."""
    if not wanted:
        return {}
    return {
        row[0]: row[1] for row in session.execute(sa.select(key, number).where(key.in_(wanted)))
    }


def departure_of(new: ComparedRow, outcome: Outcome) -> Departure:
    """Tell who leaves by a row that says so."""
    beside, day = new.beside, outcome.starts_on
    if beside.agent_id is None or day is None:
        raise AssertionError("who leaves is known, and since when")
    return Departure(beside.agent_id, beside.assignment_id, beside.held_since, day)


def leave_some(session: Session, row: DirectoryImport, *, today: date, now: datetime) -> None:
    """Let the next agents who are not in a complete file leave; telling the others is next."""
    absent = find_absent(session, row) if row.is_complete else []
    depart(
        session,
        [Departure(who.agent_id, who.assignment_id, who.held_since, today) for who in absent],
        now=now,
    )
    if absent:
        row.position = absent[-1].agent_id
    else:
        row.state, row.position = State.FINISHING, 0


def find_absent(session: Session, row: DirectoryImport) -> list[Leaver]:
    """Find the next agents who are not in the file."""
    return list_absent(
        session, import_id=row.id, below_id=row.below_id, after=row.position, count=AT_ONCE
    )
