"""Count without looking each unit and module up.

Three references in each row of a snapshot's counts cost PostgreSQL more than the rows: those to the
unit and to the module go. The counts come from rows that hold these references themselves, and
neither a unit nor a module is ever deleted: from now on, the database refuses it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421530"
down_revision = "1795421520"
branch_labels = None
depends_on = None

IDS = ("snapshot_id", "unit_id", "module_id")
OWED = ("owed", "started", "completed", "overdue", "expired")
PEOPLE = ("population", "asked", "up_to_date", "late")
TARGETS = {"snapshot_id": "snapshot", "unit_id": "organisational_unit", "module_id": "module"}
TABLES = {
    "snapshot_cell": (("corps", "category"), OWED, ("unit_id", "module_id")),
    "snapshot_total": (("corps",), OWED, ("unit_id", "module_id")),
    "snapshot_band": (("category",), PEOPLE, ("unit_id",)),
}
"""The last columns of each key, the counts, and the references that go."""


def upgrade() -> None:
    for table, (keys, counts, gone) in TABLES.items():
        if op.get_bind().dialect.name == "sqlite":
            make_anew(table, keys, counts, ())
            continue
        for name in gone:
            op.drop_constraint(reference(table, name), table, type_="foreignkey")


def downgrade() -> None:
    for table, (keys, counts, gone) in TABLES.items():
        if op.get_bind().dialect.name == "sqlite":
            make_anew(table, keys, counts, gone)
            continue
        for name in gone:
            op.create_foreign_key(reference(table, name), table, TARGETS[name], [name], ["id"])


def reference(table: str, name: str) -> str:
    """Name a reference."""
    return op.f(f"fk_{table}_{name}_{TARGETS[name]}")


def make_anew(
    table: str, keys: tuple[str, ...], counts: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """Make a table of SQLite anew with all its rows, and with more references than its first."""
    op.create_table(
        f"{table}_anew",
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in IDS),
        *(sa.Column(name, sa.Text(), nullable=False) for name in keys),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        *(
            sa.ForeignKeyConstraint([name], [f"{TARGETS[name]}.id"], name=reference(table, name))
            for name in (IDS[0], *more)
        ),
        sa.PrimaryKeyConstraint(*IDS, *keys, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )
    columns = ", ".join((*IDS, *keys, *counts))
    op.execute(f"INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table}")  # noqa: S608
    op.drop_table(table)
    op.rename_table(f"{table}_anew", table)
