"""What is found while an import is read and compared: mistakes, changes, counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.database import Model
from app.people.directory.problems import Mistake
from app.people.import_models import (
    DirectoryImport,
    ImportMistake,
    ImportPart,
    ImportRow,
    ImportUnit,
)

MOST_KEPT = 10_000
"""Mistakes kept one by one; those beyond are counted."""
AT_ONCE = 20_000
"""Rows deleted in one transaction."""
STAGED: tuple[type[Model], ...] = (ImportMistake, ImportRow, ImportUnit, ImportPart)
PLACES: dict[type[Model], str] = {
    ImportMistake: "id", ImportRow: "line", ImportUnit: "code",
    ImportPart: "number",
}  # fmt: skip
"""By table: the column that, with the import, tells a row."""


def add_mistakes(session: Session, row: DirectoryImport, mistakes: Sequence[Mistake]) -> None:
    """Add mistakes to those of an import."""
    room = max(MOST_KEPT - row.mistake_count, 0)
    row.mistake_count += len(mistakes)
    if mistakes[:room]:
        session.execute(
            sa.insert(ImportMistake),
            [
                {
                    "import_id": row.id,
                    "line": mistake.line,
                    "column": mistake.column,
                    "problem": mistake.problem.value,
                    "detail": mistake.detail,
                }
                for mistake in mistakes[:room]
            ],
        )


def delete_some(session: Session, model: type[Model], import_id: int) -> int:
    """Delete rows of an import, no more at once than others can wait for; return how many."""
    table = cast("sa.Table", model.__table__)
    place = table.c[PLACES[model]]
    some = sa.select(place).where(table.c.import_id == import_id).order_by(place).limit(AT_ONCE)
    result = session.execute(
        sa.delete(table).where(table.c.import_id == import_id, place.in_(some))
    )
    return cast("sa.CursorResult[Any]", result).rowcount
