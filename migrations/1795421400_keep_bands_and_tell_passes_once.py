"""Keep figures by band of grades, and tell each pass once.

What was told of first attempts so far counted the agents of the day: beside what is told from now
on, the difference could be about a few people, so it is told no more. The exact count kept in each
cell, which no page showed, goes. So do two indexes that a unique constraint repeats.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1795421400"
down_revision = "1795421300"
branch_labels = None
depends_on = None

IDS = ("snapshot_id", "unit_id", "module_id")
COUNTS = ("owed", "started", "completed", "overdue", "expired")
TELLING = ("passed", "first_try", "merged", "merged_first_try", "waiting", "waiting_first_try")
KEYS = {"snapshot_cell": ("corps", "category"), "snapshot_total": ("corps",)}
"""The last columns of the keys of these tables."""


def upgrade() -> None:
    root = "(SELECT coalesce(parent_id, id) FROM organisational_unit WHERE id = unit_id)"
    rebuild("snapshot_first_try", ("root_id", *TELLING), {"root_id": root})
    create("snapshot_band", ("population", "asked", "up_to_date", "late"), ("category",),
           IDS[:2], sqlite_with_rowid=False)  # fmt: skip
    for table in KEYS:
        if op.get_bind().dialect.name == "sqlite":
            rebuild(table, COUNTS, {name: name for name in COUNTS}, sqlite_with_rowid=False)
        else:
            op.drop_column(table, "first_try")
    op.add_column(
        "snapshot",
        sa.Column("last_completion_id", sa.Integer(), server_default="0", nullable=False),
    )
    for table in ("enrolment", "completion"):
        op.drop_index(op.f(f"ix_{table}_agent_id"), table_name=table)


def downgrade() -> None:
    for table in ("enrolment", "completion"):
        op.create_index(op.f(f"ix_{table}_agent_id"), table, ["agent_id"])
    op.drop_column("snapshot", "last_completion_id")
    for table in KEYS:
        first_try = sa.Column("first_try", sa.Integer(), server_default="0", nullable=False)
        op.add_column(table, first_try)
    op.drop_table("snapshot_band")
    rebuild("snapshot_first_try", ("completed", "first_try"), {})


def rebuild(table: str, counts: tuple[str, ...], values: dict[str, str], **options: bool) -> None:
    """Make a table anew with all its rows; a count without a value is 0."""
    keys = KEYS.get(table, ())
    create(table, counts, keys, suffix="_anew", **options)
    columns = ", ".join((*IDS, *keys, *counts))
    written = ", ".join((*IDS, *keys, *(values.get(name, "0") for name in counts)))
    op.execute(f"INSERT INTO {table}_anew ({columns}) SELECT {written} FROM {table}")  # noqa: S608
    op.drop_table(table)
    op.rename_table(f"{table}_anew", table)
    if op.get_bind().dialect.name == "postgresql":
        for name in constraints(table):
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name}_anew TO {name}")


def create(
    table: str,
    counts: tuple[str, ...],
    keys: tuple[str, ...],
    references: tuple[str, ...] = IDS,
    suffix: str = "",
    **options: bool,
) -> None:
    """Create a table of counts by snapshot, unit, module and further keys."""
    # PostgreSQL's names of keys are those of the whole schema: both tables are there for a while.
    end = suffix if op.get_bind().dialect.name == "postgresql" else ""
    targets = {"snapshot_id": "snapshot", "unit_id": "organisational_unit", "module_id": "module"}
    op.create_table(
        f"{table}{suffix}",
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in IDS),
        *(sa.Column(name, sa.Text(), nullable=False) for name in keys),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        *(
            sa.ForeignKeyConstraint(
                [name],
                [f"{targets[name]}.id"],
                name=op.f(f"fk_{table}_{name}_{targets[name]}{end}"),
            )
            for name in references
        ),
        sa.PrimaryKeyConstraint(*IDS, *keys, name=op.f(f"pk_{table}{end}")),
        **options,
    )


def constraints(table: str) -> list[str]:
    """Name the constraints of a table made anew."""
    return [
        f"pk_{table}", f"fk_{table}_snapshot_id_snapshot", f"fk_{table}_module_id_module",
        f"fk_{table}_unit_id_organisational_unit",
    ]  # fmt: skip
