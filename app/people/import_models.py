"""A directory file on its way: kept as it came, staged row by row, compared, applied."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Model, foreign_key, one_of, utc_now
from app.people.directory.columns import Kind
from app.people.import_states import State


class DirectoryImport(Model):
    """A directory file: who gave it, how it was read, how far it is, what it changed."""

    __tablename__ = "directory_import"
    __table_args__ = (one_of("kind", Kind), one_of("state", State))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    actor_id: Mapped[int | None] = foreign_key("agent.id")
    """None where it came by a command."""
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    finished_at: Mapped[datetime | None]
    file_name: Mapped[str]
    file_size: Mapped[int]
    file_sha256: Mapped[str]
    encoding: Mapped[str] = mapped_column(default="")
    separator: Mapped[str] = mapped_column(default="")
    sheet: Mapped[str] = mapped_column(default="")
    headings: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    preview: Mapped[list[list[str]]] = mapped_column(sa.JSON, default=list)
    """The first rows, shown while columns are matched; emptied once the file is applied."""
    shape: Mapped[str] = mapped_column(default="", index=True)
    """Digest of the headings: a file of the same shape is matched as the last one was."""
    places: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    """Which heading, by its place, stands for which column."""
    accepts_grades: Mapped[bool] = mapped_column(default=False)
    is_complete: Mapped[bool] = mapped_column(default=False)
    """Whether who is not in the file has left."""
    below_id: Mapped[int | None] = foreign_key("organisational_unit.id")
    """The unit for which the file is complete, with all below it; None for all units."""
    expected_rows: Mapped[int] = mapped_column(default=0)
    row_count: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    """Up to where the step under way has come: a line, or an id."""
    mistake_count: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    """What the file changes, as it was compared; what was changed, once applied."""
    samples: Mapped[dict[str, list[int]]] = mapped_column(sa.JSON, default=dict)
    """The first lines of each fate; of those who leave, the ids of the agents."""
    confirmed: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    """The counts that the person saw when they said to apply; checked again at the act."""
    has_moved: Mapped[bool] = mapped_column(default=False)
    """Whether the counts were no longer those confirmed, so that nothing was applied."""
    turn: Mapped[int | None] = mapped_column(unique=True)
    """1 while this import is the one being applied; there is one turn."""
    worker: Mapped[str] = mapped_column(default="")
    seen_at: Mapped[datetime | None]
    """When the process at work last wrote."""


class ImportPart(Model):
    """A piece of a file, kept until the file is applied or given up."""

    __tablename__ = "import_part"

    import_id: Mapped[int] = foreign_key("directory_import.id", primary_key=True, index=False)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class ImportRow(Model):
    """An agent as a row of the file tells them."""

    __tablename__ = "import_row"
    __table_args__ = (sa.Index("ix_import_row_key", "import_id", "key"),)

    import_id: Mapped[int] = foreign_key("directory_import.id", primary_key=True, index=False)
    line: Mapped[int] = mapped_column(primary_key=True)
    matricule: Mapped[str]
    key: Mapped[str]
    given_name: Mapped[str]
    family_name: Mapped[str]
    search_key: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    unit_code: Mapped[str]
    corps: Mapped[str]
    grade: Mapped[str]
    category: Mapped[str]
    arrived_on: Mapped[date]
    since: Mapped[date | None]
    leaves_on: Mapped[date | None]


class ImportUnit(Model):
    """A unit as the rows of the file tell it, all of them together."""

    __tablename__ = "import_unit"

    import_id: Mapped[int] = foreign_key("directory_import.id", primary_key=True, index=False)
    code: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    parent_code: Mapped[str]
    specialty: Mapped[str]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    merged_into_code: Mapped[str]


class ImportMistake(Model):
    """What is wrong with a row of the file."""

    __tablename__ = "import_mistake"
    __table_args__ = (sa.Index("ix_import_mistake_line", "import_id", "line", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = foreign_key("directory_import.id", index=False)
    line: Mapped[int]
    column: Mapped[str]
    problem: Mapped[str]
    detail: Mapped[str]
