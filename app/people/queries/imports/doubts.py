"""Finds the staged rows that do not go together, or name a unit that is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.people.directory.problems import Mistake, Problem
from app.people.import_models import ImportRow

AT_ONCE = 1_000
MOST = 10_001
"""Mistakes read of one sort; more are not told one by one."""


def find_duplicates(session: Session, *, import_id: int) -> list[Mistake]:
    """Find the rows about a matricule that an earlier row is about."""
    firsts = (
        sa.select(ImportRow.key, sa.func.min(ImportRow.line).label("line"))
        .where(ImportRow.import_id == import_id, ImportRow.key != "")
        .group_by(ImportRow.key)
        .having(sa.func.count() > 1)
        .subquery()
    )
    rows = session.execute(
        sa.select(ImportRow.line, firsts.c.line)
        .join(firsts, (firsts.c.key == ImportRow.key) & (firsts.c.line != ImportRow.line))
        .where(ImportRow.import_id == import_id)
        .order_by(ImportRow.line)
        .limit(MOST)
    )
    return [Mistake(line, "matricule", Problem.DUPLICATE, str(first)) for line, first in rows]


def list_unit_codes(session: Session, *, import_id: int) -> set[str]:
    """List the units that the rows name."""
    statement = sa.select(ImportRow.unit_code).where(ImportRow.import_id == import_id)
    return set(session.scalars(statement.distinct())) - {""}


def find_rows_of(
    session: Session, *, import_id: int, codes: Collection[str], problem: Problem
) -> Iterator[Mistake]:
    """Find the rows that name these units."""
    ordered = sorted(codes)
    for start in range(0, len(ordered), AT_ONCE):
        rows = session.execute(
            sa.select(ImportRow.line, ImportRow.unit_code)
            .where(
                ImportRow.import_id == import_id,
                ImportRow.unit_code.in_(ordered[start : start + AT_ONCE]),
            )
            .order_by(ImportRow.line)
            .limit(MOST)
        )
        yield from (Mistake(line, "code_unite", problem, code) for line, code in rows)
