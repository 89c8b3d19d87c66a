"""Count what an import would change, some rows after the others, and wait for a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.people.directory.agent_fates import decide, find_mistakes
from app.people.directory.fates import Fate
from app.people.import_models import DirectoryImport
from app.people.import_states import State
from app.people.queries.imports import comparison, leavers
from app.people.services.imports.findings import add_mistakes

AT_ONCE = 10_000
SAMPLE = 20
Samples = dict[str, list[int]]


def compare_some(session: Session, row: DirectoryImport, *, today: date) -> None:
    """Compare the next rows; looking for who is not there comes after the last."""
    last = comparison.find_end(session, import_id=row.id, after=row.position, count=AT_ONCE)
    if last is None:
        row.state, row.position = State.SEEKING, 0
        return
    told = comparison.list_new(session, import_id=row.id, after=row.position, last=last)
    count = comparison.count_rows(session, import_id=row.id, after=row.position, last=last)
    fates = [(decide(new.beside, today).fate, new.beside.line) for new in told]
    counts: dict[str, Any] = {**row.counts, "agents": dict(row.counts["agents"])}
    for fate in (fate for fate, _line in fates):
        counts["agents"][fate] += 1
    counts["agents"][Fate.UNCHANGED] += count - len(told)
    created = [line for fate, line in fates if fate is Fate.CREATED]
    same = comparison.list_homonyms(session, import_id=row.id, lines=created) if created else []
    counts["homonyms"] += len(same)
    row.counts, row.samples = counts, add_samples(row.samples, fates, same)
    add_mistakes(
        session, row, [wrong for new in told for wrong in find_mistakes(new.beside, today)]
    )
    row.position = last


def add_samples(samples: Samples, fates: list[tuple[Fate, int]], same: list[int]) -> Samples:
    """Keep the first lines of each fate."""
    kept = {name: list(lines) for name, lines in samples.items()}
    for name, line in [
        *((fate.value, line) for fate, line in fates),
        *(("homonyms", n) for n in same),
    ]:
        lines = kept.setdefault(name, [])
        if len(lines) < SAMPLE:
            lines.append(line)
    return kept


def seek_leavers(session: Session, row: DirectoryImport) -> None:
    """Count who is not in a complete file, then say whether all is right."""
    counts: dict[str, Any] = {**row.counts, "agents": dict(row.counts["agents"])}
    counts["population"] = leavers.count_population(session, below_id=row.below_id)
    counts["absent"] = 0
    if row.is_complete:
        counts["absent"] = leavers.count_absent(session, import_id=row.id, below_id=row.below_id)
        counts["agents"][Fate.LEFT] += counts["absent"]
        first = leavers.list_absent(
            session, import_id=row.id, below_id=row.below_id, after=0, count=SAMPLE
        )
        row.samples = {**row.samples, "absent": [leaver.agent_id for leaver in first]}
    row.counts, row.position = counts, 0
    settle(row)


def settle(row: DirectoryImport) -> None:
    """Refuse what is wrong, wait for a person, or go on where they confirmed these counts."""
    if row.mistake_count:
        row.state, row.turn, row.confirmed = State.REFUSED, None, None
    elif row.confirmed is None:
        row.state = State.READY
    elif row.confirmed != row.counts:
        row.state, row.turn, row.confirmed, row.has_moved = State.READY, None, None, True
    else:
        row.state = State.APPLYING_UNITS
