"""Check once for each statement that the snapshot of its rows is there.

PostgreSQL took longer to look the same snapshot up for each row than to keep the row: triggers made
after every migration look it up once for all the rows of a statement. SQLite keeps its references.
"""

from __future__ import annotations

from alembic import op

revision = "1795421540"
down_revision = "1795421530"
branch_labels = None
depends_on = None

TABLES = ("snapshot_cell", "snapshot_total", "snapshot_band", "snapshot_unit")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.drop_constraint(reference(table), table, type_="foreignkey")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.create_foreign_key(reference(table), table, "snapshot", ["snapshot_id"], ["id"])


def reference(table: str) -> str:
    """Name a reference."""
    return op.f(f"fk_{table}_snapshot_id_snapshot")
