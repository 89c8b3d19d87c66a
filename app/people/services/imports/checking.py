"""Check staged rows among themselves, and plan what becomes of units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.people.directory.columns import Kind
from app.people.directory.fates import OF_AGENTS, OF_UNITS, Fate
from app.people.directory.problems import Mistake, Problem
from app.people.directory.unit_plan import UnitPlan, is_open, plan_units
from app.people.import_models import DirectoryImport
from app.people.import_states import State
from app.people.queries.imports import doubts, tree
from app.people.queries.imports.comparison import count_inactive
from app.people.services.imports.findings import add_mistakes


def check_rows(session: Session, row: DirectoryImport, *, today: date) -> None:
    """Check the rows of an import together; comparing them comes next."""
    plan = plan_import_units(session, row.id, today)
    mistakes = list(plan.mistakes)
    if row.kind == Kind.AGENTS:
        mistakes += doubts.find_duplicates(session, import_id=row.id)
        mistakes += find_lost_rows(session, row.id, plan, today)
    add_mistakes(session, row, mistakes)
    row.counts = {
        "units": tell(OF_UNITS, plan.counts),
        "agents": tell(OF_AGENTS, Counter()),
        "inactive": count_inactive(session, import_id=row.id),
        "homonyms": 0,
        "grades": row.counts.get("grades", []),
    }
    row.samples, row.position, row.state = {}, 0, State.COMPARING


def tell(fates: Iterable[Fate], counts: Counter[Fate]) -> dict[str, int]:
    """Write how many of each fate."""
    return {fate.value: counts[fate] for fate in fates}


def plan_import_units(session: Session, import_id: int, today: date) -> UnitPlan:
    """Plan what becomes of the units that an import tells of."""
    return plan_units(
        tree.read_told_units(session, import_id=import_id),
        tree.read_known_units(session),
        today=today,
        staffed=tree.count_staff(session),
    )


def find_lost_rows(
    session: Session, import_id: int, plan: UnitPlan, today: date
) -> Iterable[Mistake]:
    """Find the rows whose unit is not known, or is closed."""
    after = tree.read_known_units(session) | {
        change.unit.code: change.unit for change in plan.changes
    }
    named = doubts.list_unit_codes(session, import_id=import_id)
    unknown = {code for code in named if code not in after}
    closed = {code for code in named - unknown if not is_open(after[code], today)}
    for codes, problem in ((unknown, Problem.UNKNOWN_UNIT), (closed, Problem.CLOSED_UNIT)):
        yield from doubts.find_rows_of(session, import_id=import_id, codes=codes, problem=problem)
